// Mutants: hosts with one known mistake each, to prove that the auditor sees it. They are made
// here, of the core, the facts and the journal; the product has no switch for any of it.
#pragma once

#include "machine.h"

namespace packbench::simulation {

enum class Mutation {
  none,                         // the same loop without a mistake
  effects_before_commit,        // acts first, remembers later
  reprint_on_time_out,          // a silent printer gets the label once more
  card_on_time_out,             // and so does a gift card
  confirmation_without_pickup,  // /confirm is believed
  lost_record,                  // some items are answered and never stored
  acceptance_without_trace,     // a parcel is taken for picked up that no carrier reported
};

MakeBench make_mutant(Mutation mutation);

}  // namespace packbench::simulation
