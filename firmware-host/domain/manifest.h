// StoredManifest: a courier's visit as the journal has it: what was taken along, what stayed, what
// was said. Plain values; read by JournalReader::manifest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"

namespace packbench {

struct ManifestParcel {
  std::string parcel, number;
  std::vector<std::string> orders;
  std::optional<std::int64_t> weight_g;
};
struct RefusedParcel {
  std::string number, detail;
};
struct ManifestIncident {
  std::string code, text;
  Instant at;
};
struct StoredManifest {
  std::string id, carrier, courier;
  std::string op;  // badge of who opened it
  Instant opened;
  std::optional<Instant> closed;
  std::optional<std::int64_t> counted;  // by the courier
  std::vector<ManifestParcel> taken;    // in the order of their scans
  std::vector<std::string> left;        // numbers; known once it is closed
  std::vector<RefusedParcel> refused;   // by the courier
  std::vector<ManifestIncident> incidents;
};

}  // namespace packbench
