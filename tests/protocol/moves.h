// Moves: every step that is possible in a state, each with the state it leads to. Thread rule: one
// thread.
#pragma once

#include <vector>

#include "turn.h"

namespace packbench::protocol {

struct Branch {
  State to;
  Step step;
  bool trouble = false;  // something goes wrong, or somebody does what was not needed
  Rules broken = 0;
  Mets met = 0;
};

// Steps that change nothing and break nothing are left out.
std::vector<Branch> moves(Bench& bench, Mutation mutation, const State& from);

}  // namespace packbench::protocol
