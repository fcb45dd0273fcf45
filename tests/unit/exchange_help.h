// What the tests of exchange share: options with a salt that is not random, and short ways to ask.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "exchange/import.h"

namespace packbench::exchange {

inline ImportOptions options() {
  ImportOptions options;
  options.time_zone = "Asia/Shanghai";
  options.random = [](std::span<std::uint8_t> bytes) {
    std::fill(bytes.begin(), bytes.end(), std::uint8_t{7});
  };
  return options;
}

inline ImportOutcome import_ok(const std::string& text, const ImportOptions& with = options()) {
  auto outcome = import_text(text, with);
  EXPECT_TRUE(outcome.ok()) << (outcome.ok() ? "" : outcome.error().text);
  return outcome.ok() ? std::move(outcome).value() : ImportOutcome{};
}

inline std::string import_error(const std::string& text, const ImportOptions& with = options()) {
  const auto outcome = import_text(text, with);
  return outcome.ok() ? "" : outcome.error().code;
}

inline const ImportedOrder* find_order(const ImportOutcome& outcome, const std::string& number) {
  const auto& orders = outcome.batch.orders;
  const auto found = std::find_if(orders.begin(), orders.end(), [&](const ImportedOrder& each) {
    return each.order.key.number == number;
  });
  return found == orders.end() ? nullptr : &*found;
}

// "code: detail" of each hold, joined by "; ".
inline std::string holds_of(const ImportOutcome& outcome, const std::string& number) {
  const ImportedOrder* found = find_order(outcome, number);
  if (found == nullptr) return "no such order";
  std::string text;
  for (const Hold& hold : found->order.holds) {
    text += (text.empty() ? "" : "; ") + hold.code + ": " + hold.detail;
  }
  return text;
}

// The reasons given for a line of the file, one after the other.
inline std::string reason_of(const ImportOutcome& outcome, std::size_t line) {
  std::string text;
  for (const Reject& reject : outcome.rejects) {
    if (reject.line == line) text += reject.reason;
  }
  return text;
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace packbench::exchange
