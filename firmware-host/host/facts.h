// Answers the core's queries from catalog, journal and configuration. Reads only.
// Thread rule: the host thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "station/facts.h"
#include "station/station.h"
#include "store/catalog.h"
#include "store/journal_reader.h"

namespace packbench::host {

// Ranges in which every number was looked at and none is free, and why. That lasts until the
// catalog changes, so a packer does not wait again while a million used numbers are looked at.
struct EmptyRange {
  bool expired = false;
  std::string problem;
};
using EmptyRanges = std::map<std::string, EmptyRange>;  // by station::range_key()

struct FactSources {
  store::Catalog& catalog;
  const store::JournalReader& journal;
  const station::Policy& policy;
  EmptyRanges* empty = nullptr;  // nothing: no range is remembered
};

Result<station::Facts> look_up(const FactSources& sources, const station::Station& station,
                               const std::vector<station::Query>& queries, Instant now);

// How many free numbers are left of this range, counted no further than the configuration wants.
Result<std::int64_t> range_left(const FactSources& sources, const std::string& carrier,
                                const std::string& service, Instant now);

}  // namespace packbench::host
