// The true deadline in words, for tables and terminals. Pure.
#pragma once

#include <string>

#include "domain/deadlines.h"
#include "host/listing.h"

namespace packbench::host {

// "pickup by 11-22 18:30"; "ship by 11-23 08:00" where no visit is known; empty where nothing is.
std::string deadline_text(const std::optional<Instant>& ship_by,
                          const std::optional<Instant>& last_visit, const ListingStyle& style);

}  // namespace packbench::host
