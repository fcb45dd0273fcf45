// The id by which a printer names itself: pairs KEY:value; as in IEEE 1284-2000 clause 7.6, sent
// over USB in answer to GET_DEVICE_ID (USB printer class 1.1, clause 4.2.1). Pure, any thread.
// Printers are careless with it: wrong lengths, either spelling of a key, blanks, control bytes.
// Whatever comes, the result is printable ASCII and short.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace packbench::drivers {

struct DeviceId {
  std::string manufacturer;              // MANUFACTURER or MFG
  std::string model;                     // MODEL or MDL
  std::vector<std::string> command_set;  // COMMAND SET or CMD, split at its commas
  std::string serial;                    // SERIALNUMBER, SERN or SN
  std::string description;               // DESCRIPTION or DES
  bool operator==(const DeviceId&) const = default;
};

// What stands beyond this many bytes of an id is not read.
constexpr std::size_t kDeviceIdMax = 1024;
constexpr std::size_t kCommandSetMax = 32;

// The pairs of a text. Keys in any case; where a key comes twice the first value that says
// something counts; unknown keys are skipped; bytes that are no ASCII become '?'.
DeviceId parse_device_id(std::string_view text);

// The text in an answer to GET_DEVICE_ID. Its first two bytes are the length of the whole, highest
// byte first; here the length may also be swapped, count the text alone, be larger than what came,
// or be missing.
std::string_view device_id_text(std::string_view answer);

}  // namespace packbench::drivers
