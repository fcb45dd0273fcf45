// Answers the core's queries from catalog, journal and configuration. Reads only.
// Thread rule: the host thread.
#pragma once

#include <vector>

#include "base/result.h"
#include "station/facts.h"
#include "station/station.h"
#include "store/catalog.h"
#include "store/journal_reader.h"

namespace packbench::host {

struct FactSources {
  store::Catalog& catalog;
  const store::JournalReader& journal;
  const station::Policy& policy;
};

Result<station::Facts> look_up(const FactSources& sources, const station::Station& station,
                               const std::vector<station::Query>& queries, Instant now);

// How many free numbers are left of this range, counted no further than the configuration wants.
Result<std::int64_t> range_left(const FactSources& sources, const std::string& carrier,
                                const std::string& service, Instant now);

}  // namespace packbench::host
