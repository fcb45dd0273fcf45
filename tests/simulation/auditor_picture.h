// Picture: one answer of the bench, read from its JSON into flat facts, so that two of them can be
// compared without knowing what a fact means. Values and pure functions.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace packbench::simulation {

// Facts by path: op, phase, quantity, wave, parcel, index, weight, number, carrier, attempt, label,
// manifest, courier, count, order/KEY, held/KEY, stopped/KEY, packed/KEY#LINE, short/KEY#LINE,
// gone/KEY#LINE, check/ID, parked/NUMBER. What is not there reads as "".
inline constexpr const char* hidden = "?";  // the dock's answers do not tell the bench's phase
struct Picture {
  std::map<std::string, std::string> facts;
  std::map<std::string, std::string> skus;  // "KEY#LINE" -> SKU of the lines shown
  std::map<std::string, int> ordered;       // "KEY#LINE"
  std::set<std::string> left;               // numbers that wait for the open manifest
  bool all_left = true;                     // the list was not cut off

  std::string get(const std::string& path) const;
  int number(const std::string& path) const;
  // "KEY" of "order/KEY".
  std::vector<std::string> subjects(const std::string& kind) const;
};

struct Answer {
  bool accepted = false;
  bool dock = false;
  std::string alert;  // code, empty: none
  Picture picture;
};

// `before` lends what an answer of the dock does not show of the bench. Throws std::exception
// where the text is not an answer.
Answer read_answer(const std::string& json, const Picture& before);

struct Change {
  std::string kind, subject;  // "packed", "KEY#1"
  std::string from, to;
};
std::vector<Change> changes(const Picture& from, const Picture& to);
std::string describe(const Change& change);

// "KEY" of "KEY#LINE".
std::string order_of(const std::string& content);
// The order's number, the last part of its key.
std::string number_of_order(const std::string& order);

}  // namespace packbench::simulation
