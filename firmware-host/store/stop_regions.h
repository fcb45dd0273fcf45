// The catalog's table of where carriers do not go. For this room's source files only; errors as
// Database's. Thread rule: that of the connection.
#pragma once

#include <vector>

#include "domain/stop_region.h"
#include "store/catalog_writer.h"
#include "store/database.h"

namespace packbench::store {

// Those in force at `at`.
std::vector<StopRegion> read_stop_regions(Database& db, Instant at);

// One of the same carrier, region and beginning gets this end and reason.
void take_stop_region(Database& db, const StopRegion& stop, ListCount& count);

}  // namespace packbench::store
