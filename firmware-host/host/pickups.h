// Pickups: the list of carriers that should be asked to come once more, read from journal and
// catalog, and how it is told. No person's data. Thread rule: that of the stores.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "domain/pickups.h"
#include "host/listing.h"

namespace packbench::host {

Result<VisitBook> visit_book(const ListingSources& sources);

// The most urgent first. Payments are looked up only for the parcels that need one.
Result<std::vector<ExtraPickup>> find_pickups(const ListingSources& sources, const VisitBook& book,
                                              const Now& now);

std::string pickups_text(const std::vector<ExtraPickup>& pickups, const ListingStyle& style);
// One object a line, for each carrier one.
std::string pickups_lines(const std::vector<ExtraPickup>& pickups);
// One object with all of them.
std::string pickups_json(const std::vector<ExtraPickup>& pickups);

}  // namespace packbench::host
