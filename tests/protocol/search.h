// Search: all states that can be reached from the first, breadth first, so that the first state
// that breaks a rule is reached by a shortest way. Thread rule: one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "moves.h"

namespace packbench::protocol {

struct Limits {
  int troubles = 0;  // of printer, paper, people and outside together
  int crashes = 0;
};

struct Found {
  Rule rule = Rule::count_;
  std::vector<std::string> trace;  // every step from the first on, in plain words
};

struct Result {
  std::size_t states = 0;
  std::size_t transitions = 0;
  std::size_t stations = 0;   // different Stations
  std::size_t decisions = 0;  // different questions put to the core
  std::size_t longest = 0;    // steps of the longest shortest way
  int attempts = 0;           // the highest attempt of a label
  Mets met = 0;
  std::optional<Found> found;
};

struct Setting {
  Mutation mutation = Mutation::none;
  Limits limits;
  Rules watched = kAllRules;
  LabelSource source = LabelSource::own;
};

// Ends at the first state that breaks one of the watched rules; dead ends are looked for when all
// states are known.
Result search(const Setting& setting);

}  // namespace packbench::protocol
