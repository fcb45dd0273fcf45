// Names and places that packers meet once in a while: deterministic, the same on every machine
// with the same fonts.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace packbench::label {

struct RareName {
  std::string person;
  std::string place;
};

// Of the third level of the Table of General Standard Chinese Characters (2013), which GB 2312
// lacks: characters of names and places, many of them beyond the BMP.
std::vector<char32_t> standard_rare_characters();

// This many, each with rare characters: half from the table above, half from all the extensions
// of the hanzi, as far as `has` says that there is a glyph.
std::vector<RareName> rare_names(int count, const std::function<bool(char32_t)>& has);

}  // namespace packbench::label
