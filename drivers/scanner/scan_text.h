// ScanText: the text of one scan while it comes in, for scanners that end it with a terminator,
// with silence, or with either. Value type, no thread rule.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/units.h"
#include "drivers/scanner/scan_reader.h"

namespace packbench::drivers {

// Splits off the symbology identifier. Longer data than kScanBytesMax is cut at one byte more, so
// that the core refuses it as too long instead of taking it for something shorter.
Barcode make_barcode(std::string_view raw);

// So many bytes are kept of a scan: enough for the cut to be seen after a symbology identifier of
// three characters was split off.
constexpr std::size_t kScanRawBytesMax = kScanBytesMax + 1 + 3;

class ScanText {
 public:
  // Silence of `idle` ends a scan, unless the scanner has ended one with a terminator before: such
  // a scanner owes it, and a scan without is damaged after kScanUnfinishedAfter.
  explicit ScanText(Duration idle) : idle_(idle) {}

  void append(std::string_view bytes, Duration now);
  // The terminator has come; nothing where there is no text.
  std::optional<Barcode> terminate();
  // The silence, if it has lasted long enough. Nothing where it has not, or there is no text.
  std::optional<Barcode> expire(Duration now);
  // As expire, when bytes arrive after a silence in which nobody called tick.
  std::optional<Barcode> expire_before_more(Duration now);

  // Something of the scan has arrived that is no text yet.
  void touch(Duration now) { last_ = now; }

  std::optional<Duration> deadline() const;  // nothing where there is no text
  Duration due() const;                      // the same, text or not
  bool empty() const { return text_.empty(); }
  void reset();

 private:
  std::optional<Barcode> end_by_silence();

  Duration idle_;
  std::string text_;
  Duration last_{};
  bool owes_terminator_ = false;
};

}  // namespace packbench::drivers
