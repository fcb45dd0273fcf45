#include "drivers/scanner/scan_text.h"

#include <algorithm>
#include <utility>

namespace packbench::drivers {

Barcode make_barcode(std::string_view raw) {
  Barcode barcode = parse_scan(raw.substr(0, kScanRawBytesMax));
  if (barcode.bytes.size() > kScanBytesMax + 1) barcode.bytes.resize(kScanBytesMax + 1);
  return barcode;
}

void ScanText::append(std::string_view bytes, Duration now) {
  last_ = now;
  text_.append(bytes.substr(0, kScanRawBytesMax - text_.size()));
}

std::optional<Barcode> ScanText::terminate() {
  owes_terminator_ = true;
  if (text_.empty()) return std::nullopt;
  return make_barcode(std::exchange(text_, {}));
}

std::optional<Barcode> ScanText::expire(Duration now) {
  const auto due = deadline();
  if (!due || now < *due) return std::nullopt;
  return end_by_silence();
}

std::optional<Barcode> ScanText::expire_before_more(Duration now) {
  if (text_.empty() || now < last_ + std::max(idle_, kScanUnfinishedAfter)) return std::nullopt;
  return end_by_silence();
}

std::optional<Barcode> ScanText::end_by_silence() {
  // A scanner that has been set to send no terminator any more is believed from its next scan on.
  if (std::exchange(owes_terminator_, false)) text_.push_back(kScanDamaged);
  return make_barcode(std::exchange(text_, {}));
}

std::optional<Duration> ScanText::deadline() const {
  if (text_.empty()) return std::nullopt;
  return due();
}

Duration ScanText::due() const {
  return last_ + (owes_terminator_ ? std::max(idle_, kScanUnfinishedAfter) : idle_);
}

void ScanText::reset() {
  text_.clear();
  owes_terminator_ = false;
}

}  // namespace packbench::drivers
