// Result<T>: a value, or the Error of a device, a disk or a file. Exceptions do not cross folders.
// Value type, no thread rule of its own.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/check.h"

namespace packbench {

// `code` is a stable word for programs (no_space, busy, bad_format ...); `text` says in a sentence
// what happened and what to do next. `text` never holds a person's data.
struct Error {
  std::string code;
  std::string text;
};

struct Ok {};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & {
    CHECK(ok());
    return std::get<0>(state_);
  }
  const T& value() const& {
    CHECK(ok());
    return std::get<0>(state_);
  }
  // By value: what a loop or a reference binds to lives on after the Result is gone.
  T value() && {
    CHECK(ok());
    return std::get<0>(std::move(state_));
  }
  const Error& error() const {
    CHECK(!ok());
    return std::get<1>(state_);
  }

 private:
  std::variant<T, Error> state_;
};

using Status = Result<Ok>;

}  // namespace packbench
