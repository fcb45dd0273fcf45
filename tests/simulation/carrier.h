// Carrier: what carriers report of parcels once a courier may have them, late, early and twice, and
// what people then do about it. It has a source of chance of its own, so that a seed without it
// stays the same seed. Thread rule: one thread.
#pragma once

#include <optional>
#include <string>

#include "auditor.h"
#include "domain/import_batch.h"
#include "people.h"
#include "random.h"

namespace packbench::simulation {

class Carrier {
 public:
  Carrier(std::uint64_t seed, Auditor& auditor) : chance_(seed ^ 0xCA221E2), auditor_(auditor) {}

  bool is_due() { return chance_.permille(220); }
  // Reports of one parcel; nothing where no parcel has been staged yet.
  std::optional<ImportBatch> report(Instant now);
  // About a parcel that somebody looks for.
  std::optional<Deed> deed();
  // How long nobody came before everything is looked at.
  Duration absence() { return Duration::hours(chance_.between(0, 80)); }

 private:
  Rng chance_;
  Auditor& auditor_;
};

}  // namespace packbench::simulation
