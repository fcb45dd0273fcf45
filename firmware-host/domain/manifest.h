// StoredManifest: a courier's visit as the journal has it: what was taken along, what stayed, what
// was said. Plain values; read by JournalReader::manifest. And the ids that manifests go by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

// B380608-M1: the bench and how many it had with this one; also the text of the code on its paper.
std::string manifest_id(std::string_view bench, std::int64_t number);
// The number of this bench's manifest; nothing where the text names none.
std::optional<std::int64_t> manifest_number(std::string_view bench, std::string_view id);
// Whether the text has the form of any bench's, as benches are named: B and six digits.
bool looks_like_manifest(std::string_view text);

}  // namespace packbench
