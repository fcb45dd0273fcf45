// HidPosReader: scans from a HID point of sale scanner, found by usage and not by offset. Source:
// HID Point of Sale Usage Tables 1.02, section 3 (page 0x8C): decoded data 0xFE, symbology
// identifier 1 to 3 0xFB to 0xFD, decoded data continued 0xFF; the byte count is generic desktop
// 0x3B. What a maker adds (0xFF66/0 and /4 at Honeywell) is left alone.
#pragma once

#include <array>
#include <string>

#include "drivers/hid/report_descriptor.h"
#include "drivers/scanner/scan_reader.h"

namespace packbench::drivers {

// One report with decoded data in it.
struct HidPosReport {
  std::string data;
  std::string aim;         // "]C1"; empty where the scanner gives none
  bool continued = false;  // the next report goes on with the same scan
  bool damaged = false;    // it says that it holds more bytes than fit into it
  bool operator==(const HidPosReport&) const = default;
};

// Where the parts of one report stand.
struct HidPosLayout {
  std::uint8_t report_id = 0;
  std::vector<HidElements> data;
  std::array<std::optional<HidElements>, 3> aim;
  std::optional<HidElements> continued;
  std::optional<HidElements> byte_count;  // where there is none, NULs at the end are padding
};

// Nothing where the report has another id or lacks bytes.
std::optional<HidPosReport> read_hid_pos_report(const HidPosLayout& layout,
                                                std::span<const std::uint8_t> report);

class HidPosReader : public ScanReader {
 public:
  // Error bad_format where no report of the device holds decoded data.
  static Result<HidPosReader> from(const HidDescriptor& descriptor);

  std::vector<Barcode> take(std::span<const std::uint8_t> report, Duration now) override;
  std::optional<Duration> deadline() const override;
  std::vector<Barcode> tick(Duration now) override;
  void reset() override { pending_.reset(); }

  const std::vector<HidPosLayout>& layouts() const { return layouts_; }

 private:
  // A scan of which more is to come.
  struct Pending {
    std::uint8_t report_id;
    std::string data;
    std::string aim;
    Duration last;
    bool damaged;
  };

  explicit HidPosReader(std::vector<HidPosLayout> layouts) : layouts_(std::move(layouts)) {}
  void add(std::uint8_t report_id, const HidPosReport& report, Duration now,
           std::vector<Barcode>& scans);
  void give_up(std::vector<Barcode>& scans);

  std::vector<HidPosLayout> layouts_;  // one for each report with decoded data
  std::optional<Pending> pending_;
};

}  // namespace packbench::drivers
