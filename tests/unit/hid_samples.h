// Samples for the tests of HID devices that are kept outside the repository.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/barcode.h"
#include "tests/unit/hid_descriptors.h"

namespace packbench::test {

// Scans without a symbology.
inline std::vector<Barcode> codes(std::initializer_list<std::string_view> texts) {
  std::vector<Barcode> out;
  for (const std::string_view text : texts) out.push_back({std::string(text), ""});
  return out;
}

inline std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// The lines of a file of shared/data/hid; nothing where that folder is absent.
inline std::optional<std::vector<std::string>> sample_lines(std::string_view name) {
  std::ifstream file(std::filesystem::path(PACKBENCH_SHARED_DATA) / "hid" / name);
  if (!file) return std::nullopt;
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

}  // namespace packbench::test
