// The core: three pure functions and the effects still owed. No I/O, clock, randomness or thread.
#pragma once

#include <vector>

#include "station/facts.h"
#include "station/messages.h"
#include "station/station.h"

namespace packbench::station {

std::vector<Query> queries(const Station& station, const Input& input, const Now& now);
Decision decide(const Station& station, const Input& input, const Facts& facts, Now now);
void evolve(Station& station, const Record& record);

// The effects that the state still owes, for the start after a crash.
std::vector<Effect> pending(const Station& station);

}  // namespace packbench::station
