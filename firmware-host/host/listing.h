// Listing: one of the lists of what waits for somebody, read from journal and catalog, and how it
// is told: lines for people, JSON for programs. No person's data. Thread rule: that of the stores.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/reconcile.h"
#include "station/alert.h"
#include "station/facts.h"
#include "store/catalog.h"
#include "store/journal_reader.h"

namespace packbench::host {

struct Listing {
  std::string name;
  std::int64_t count = 0;      // of all, also those that are not in `rows`
  std::vector<Standing> rows;  // the most urgent, then the oldest, first
};

struct ListingSources {
  store::Catalog& catalog;
  const store::JournalReader& journal;
  const station::Policy& policy;
};

// `name` as list_names() has it; at most `limit` rows.
Result<Listing> make_listing(const ListingSources& sources, const std::string& name, const Now& now,
                             std::size_t limit);

// Times in the site's `zone`.
struct ListingStyle {
  station::Language language = station::Language::zh;
  std::string zone;
};
// How many rows there are of how many; empty where all are there.
std::string rest_text(std::size_t rows, std::int64_t count, const ListingStyle& style);
std::string listing_text(const Listing& listing, const ListingStyle& style);

// One object a line, for each row one.
std::string listing_lines(const Listing& listing);
// One object with all its rows, or with what went wrong instead.
std::string listing_json(const Listing& listing);
std::string listing_error_json(const Error& error);

}  // namespace packbench::host
