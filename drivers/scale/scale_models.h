// Scales that are known by their ids, beside what their descriptors say. A row stands here only
// where users of that very scale have described its reports in public.
// Pure functions over a constant table.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "drivers/scale/hid_scale.h"

namespace packbench::drivers {

enum class ScaleProtocol {
  classic,       // sends the classic six bytes, so that it is read even without a usable descriptor
  first_is_old,  // the same, and its first weight is not believed
  unreadable     // speaks something of its own
};

struct ScaleModel {
  std::uint16_t vendor = 0;
  std::uint16_t product = 0;
  std::string_view name;
  ScaleProtocol protocol = ScaleProtocol::classic;
  std::string_view deviation;  // how it differs from the HID point of sale tables
};

std::span<const ScaleModel> scale_models();

// nullptr where the scale is in no row: then its descriptor alone counts.
const ScaleModel* find_scale_model(std::uint16_t vendor, std::uint16_t product);

// How a scale is read: by its descriptor; where that cannot be used, as its row says. Errors:
// unsupported (the row's reason), bad_format (the descriptor's).
Result<ScaleReader> scale_reader(std::uint16_t vendor, std::uint16_t product,
                                 std::span<const std::uint8_t> report_descriptor);

}  // namespace packbench::drivers
