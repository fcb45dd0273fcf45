// Simulation: one seed from the first import to the last look into the journal.
// Thread rule: one thread; seeds share nothing but the folder.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "machine.h"

namespace packbench::simulation {

struct SimulationOptions {
  std::string folder;  // a real one, empty or left over from another seed
  MakeBench make = make_real_bench;
  store::Synchronous synchronous = store::Synchronous::full;
  int steps = 110;
  bool carrier = false;  // reports what becomes of parcels, and the bench's lists are looked at
  std::int64_t compensation_percent = 30;         // by which the bench counts what is at risk
  std::function<void(const std::string&)> trace;  // every line as it happens; may be empty
};

struct Outcome {
  std::vector<std::string> violations;
  std::vector<std::string> last_notes;  // what happened before
  int inputs = 0, crashes = 0;
  std::size_t confirmed = 0;
  std::size_t returned = 0;         // numbers to their carrier
  std::size_t cards = 0;            // orders whose gift card came out
  std::size_t accepted = 0;         // pickups on a carrier's word
  std::size_t listed = 0;           // parcels whose list and money were worked out
  std::map<std::string, int> seen;  // alerts that were shown
};

Outcome simulate(std::uint64_t seed, const SimulationOptions& options);

}  // namespace packbench::simulation
