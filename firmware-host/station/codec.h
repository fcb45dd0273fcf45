// Codec: records and the Station as JSON text, the form in which the journal stores them. Field
// names are those of the structs. Unknown kinds are refused: an older program must not guess.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "station/record.h"
#include "station/station.h"

namespace packbench::station {

inline constexpr int record_version = 1;

std::string_view kind_of(const Payload& payload);  // "item_packed"
std::string encode(const Payload& payload);
Result<Payload> decode(std::string_view kind, int version, std::string_view bytes);

std::string encode(const Station& station);
Result<Station> decode_station(std::string_view bytes);
// Names every field that a Station is stored with. A snapshot of another shape is worth nothing:
// what it lacks would get its default instead of what the records say.
std::string station_shape();

}  // namespace packbench::station
