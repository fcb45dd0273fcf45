// Why a supplied file is not printed, in both languages. Value types.
#pragma once

#include <string>
#include <variant>

namespace packbench::label {

// `en` and `zh` are clauses that follow "the supplied label ..." and “提供的面单……”. `next` is what
// to do about it; empty: ask for another file.
struct Refusal {
  std::string en, zh;
  std::string next_en = {}, next_zh = {};
};

template <class T>
using Taken = std::variant<T, Refusal>;

}  // namespace packbench::label
