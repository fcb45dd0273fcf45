#include "drivers/scanner/serial.h"

#include <utility>

namespace packbench::drivers {
namespace {

constexpr char kStartOfText = '\x02';

bool is_terminator(char c) {
  constexpr char kEndOfText = '\x03';
  return c == '\r' || c == '\n' || c == '\t' || c == kEndOfText;
}

void keep(std::optional<Barcode> scan, std::vector<Barcode>& scans) {
  if (scan) scans.push_back(std::move(*scan));
}

}  // namespace

std::vector<Barcode> SerialReader::take(std::span<const std::uint8_t> bytes, Duration now) {
  std::vector<Barcode> scans;
  if (!bytes.empty()) keep(text_.expire_before_more(now), scans);
  for (const std::uint8_t byte : bytes) {
    const char c = static_cast<char>(byte);
    if (is_terminator(c)) {
      keep(text_.terminate(), scans);
    } else if (c != kStartOfText || !text_.empty()) {
      // STX inside a scan is no prefix: it stays, and the core refuses the scan.
      text_.append({&c, 1}, now);
    }
  }
  return scans;
}

std::vector<Barcode> SerialReader::tick(Duration now) {
  std::vector<Barcode> scans;
  keep(text_.expire(now), scans);
  return scans;
}

}  // namespace packbench::drivers
