#include "drivers/scanner/hid_pos.h"

#include <algorithm>
#include <utility>

#include "drivers/scanner/scan_text.h"

namespace packbench::drivers {
namespace {

constexpr std::uint32_t kDecodedData = hid_usage(0x8C, 0xFE);
constexpr std::uint32_t kDataContinued = hid_usage(0x8C, 0xFF);
constexpr std::uint32_t kSymbologyIdentifier1 = hid_usage(0x8C, 0xFB);
constexpr std::uint32_t kByteCount = hid_usage(0x01, 0x3B);

std::optional<HidElements> first_in_report(const HidDescriptor& descriptor, std::uint32_t usage,
                                           std::uint8_t report_id) {
  for (const HidElements& elements : find_usage(descriptor, HidFieldKind::input, usage)) {
    if (elements.report_id == report_id) return elements;
  }
  return std::nullopt;
}

HidPosLayout layout_of(const HidDescriptor& descriptor, std::uint8_t report_id) {
  HidPosLayout layout;
  layout.report_id = report_id;
  for (std::uint32_t i = 0; i < layout.aim.size(); ++i) {
    layout.aim[i] = first_in_report(descriptor, kSymbologyIdentifier1 + i, report_id);
  }
  layout.continued = first_in_report(descriptor, kDataContinued, report_id);
  layout.byte_count = first_in_report(descriptor, kByteCount, report_id);
  return layout;
}

// The three characters, where they have the form of a symbology identifier.
std::string read_aim(const HidPosLayout& layout, std::span<const std::uint8_t> report) {
  std::string characters;
  for (const auto& elements : layout.aim) {
    const auto value = elements ? read_value(report, *elements) : std::nullopt;
    if (!value) return {};
    characters.push_back(static_cast<char>(*value));
  }
  return parse_scan(characters).aim;
}

bool is_complete(const HidPosLayout& layout, std::span<const std::uint8_t> report) {
  const auto has = [report](const HidElements& elements) { return report_has(report, elements); };
  const auto has_if_any = [&has](const std::optional<HidElements>& elements) {
    return !elements || has(*elements);
  };
  return std::all_of(layout.data.begin(), layout.data.end(), has) &&
         std::all_of(layout.aim.begin(), layout.aim.end(), has_if_any) &&
         has_if_any(layout.continued) && has_if_any(layout.byte_count);
}

void cut_to_length(const HidPosLayout& layout, std::span<const std::uint8_t> report,
                   HidPosReport& out) {
  const auto count = layout.byte_count ? read_value(report, *layout.byte_count) : std::nullopt;
  if (count) {
    out.damaged = *count < 0 || static_cast<std::uint64_t>(*count) > out.data.size();
    if (!out.damaged) out.data.resize(static_cast<std::size_t>(*count));
  } else if (!out.continued) {
    out.data.resize(out.data.find_last_not_of('\0') + 1);
  }
}

}  // namespace

std::optional<HidPosReport> read_hid_pos_report(const HidPosLayout& layout,
                                                std::span<const std::uint8_t> report) {
  if (report.empty() || !is_complete(layout, report)) return std::nullopt;
  HidPosReport out;
  for (const HidElements& elements : layout.data) {
    out.data += read_bytes(report, elements).value_or("");
  }
  out.aim = read_aim(layout, report);
  out.continued = layout.continued && read_value(report, *layout.continued).value_or(0) != 0;
  cut_to_length(layout, report, out);
  return out;
}

Result<HidPosReader> HidPosReader::from(const HidDescriptor& descriptor) {
  std::vector<HidPosLayout> layouts;
  for (const HidElements& data : find_usage(descriptor, HidFieldKind::input, kDecodedData)) {
    if (data.bit_size % 8 != 0) continue;
    auto it = std::find_if(layouts.begin(), layouts.end(), [&data](const HidPosLayout& layout) {
      return layout.report_id == data.report_id;
    });
    if (it == layouts.end()) {
      it = layouts.insert(it, layout_of(descriptor, data.report_id));
    }
    it->data.push_back(data);
  }
  if (layouts.empty()) {
    return Error{"bad_format",
                 "The scanner's reports hold no decoded data; set it to HID point of sale (HID "
                 "POS), keyboard or serial mode with the maker's setting codes."};
  }
  return HidPosReader(std::move(layouts));
}

std::vector<Barcode> HidPosReader::take(std::span<const std::uint8_t> report, Duration now) {
  std::vector<Barcode> scans = tick(now);
  for (const HidPosLayout& layout : layouts_) {
    if (const auto read = read_hid_pos_report(layout, report)) {
      add(layout.report_id, *read, now, scans);
      break;
    }
  }
  return scans;
}

void HidPosReader::add(std::uint8_t report_id, const HidPosReport& report, Duration now,
                       std::vector<Barcode>& scans) {
  if (pending_ && pending_->report_id != report_id) give_up(scans);
  if (!pending_) {
    if (report.data.empty() && !report.continued) return;
    pending_ = Pending{report_id, {}, {}, now, false};
  }
  Pending& scan = *pending_;
  scan.last = now;
  scan.damaged = scan.damaged || report.damaged;
  if (scan.aim.empty()) scan.aim = report.aim;
  // One byte more than a scan may have is enough for the core to refuse it.
  scan.data.append(report.data, 0, kScanRawBytesMax - scan.data.size());
  if (report.continued) return;
  if (scan.damaged) return give_up(scans);
  Barcode barcode = make_barcode(scan.data);
  // A scanner may be set to put the identifier before the data as well; it is no part of it.
  if (!scan.aim.empty() && barcode.aim != scan.aim) {
    barcode = {scan.data.substr(0, kScanBytesMax + 1), scan.aim};
  }
  pending_.reset();
  if (!barcode.bytes.empty()) scans.push_back(std::move(barcode));
}

// What has come of the scan is given as damaged, so that the packer is told to scan again.
void HidPosReader::give_up(std::vector<Barcode>& scans) {
  std::string data = std::move(pending_->data);
  data.resize(std::min(data.size(), kScanBytesMax));
  data.push_back(kScanDamaged);
  scans.push_back({std::move(data), std::move(pending_->aim)});
  pending_.reset();
}

std::optional<Duration> HidPosReader::deadline() const {
  if (!pending_) return std::nullopt;
  return pending_->last + kScanUnfinishedAfter;
}

std::vector<Barcode> HidPosReader::tick(Duration now) {
  std::vector<Barcode> scans;
  const auto due = deadline();
  if (due && now >= *due) give_up(scans);
  return scans;
}

}  // namespace packbench::drivers
