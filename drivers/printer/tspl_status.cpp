#include "drivers/printer/tspl_status.h"

#include <algorithm>
#include <array>
#include <utility>

namespace packbench::drivers {
namespace {

constexpr std::uint8_t kLetter = 0x40;  // set in '@', in all letters and in '`'
constexpr std::size_t kFrameSize = 6;

using Bit = std::pair<std::uint8_t, PrinterReason>;

template <std::size_t N>
void add_bits(PrinterStatus& status, std::uint8_t byte, const std::array<Bit, N>& bits) {
  for (const auto& [bit, reason] : bits) status.add_if((byte & bit) != 0, reason);
}

constexpr std::array<Bit, 8> kByteBits{{
    {0x01, PrinterReason::cover_open},
    {0x02, PrinterReason::media_jam},
    {0x04, PrinterReason::media_empty},
    {0x08, PrinterReason::ribbon_empty},
    {0x10, PrinterReason::paused},
    {0x20, PrinterReason::printing},
    {0x40, PrinterReason::cover_open},
    {0x80, PrinterReason::other},
}};

constexpr std::array<Bit, 6> kWarningBits{{
    {0x01, PrinterReason::media_low},
    {0x02, PrinterReason::ribbon_low},
    {0x04, PrinterReason::attention},
    {0x08, PrinterReason::buffer_full},
    {0x10, PrinterReason::attention},
    {0x20, PrinterReason::attention},
}};

constexpr std::array<Bit, 6> kTsplErrors{{
    {0x01, PrinterReason::head_hot},
    {0x02, PrinterReason::head_hot},
    {0x04, PrinterReason::other},
    {0x08, PrinterReason::cutter_fault},
    {0x10, PrinterReason::out_of_memory},
    {0x20, PrinterReason::other},
}};

constexpr std::array<Bit, 6> kMediaBits{{
    {0x01, PrinterReason::media_empty},
    {0x02, PrinterReason::media_jam},
    {0x04, PrinterReason::ribbon_empty},
    {0x08, PrinterReason::ribbon_empty},  // jammed: the same hand movement mends it
    {0x10, PrinterReason::other},
    {0x20, PrinterReason::cover_open},
}};

// Nothing where the printer does nothing.
std::optional<PrinterReason> doing(char message) {
  switch (message) {
    case '@':
      return std::nullopt;
    case '`':
    case 'K':
      return PrinterReason::paused;
    case 'L':
      return PrinterReason::label_waiting;
    case 'B':
    case 'C':
    case 'F':
    case 'P':
    case 'W':
      return PrinterReason::printing;
    case 'E':
      return PrinterReason::other;
    default:
      return PrinterReason::attention;
  }
}

bool has_letter_bit(char c) {
  return (static_cast<std::uint8_t>(c) & kLetter) != 0;
}

bool is_frame_byte(char c) {
  return static_cast<std::uint8_t>(c) >= kLetter && static_cast<std::uint8_t>(c) < 2 * kLetter;
}

// Whether the text is a frame of <ESC>!S or the beginning of one.
bool begins_frame(std::string_view text) {
  if (!text.starts_with(kStx) || text.size() > kFrameSize) return false;
  const std::string_view inner = text.substr(1, kFrameSize - 2);
  return std::all_of(inner.begin(), inner.end(), is_frame_byte) &&
         (text.size() < kFrameSize || text.back() == kEtx);
}

}  // namespace

std::optional<StatusReport> read_tspl_report(std::string_view four) {
  if (four.size() != kFrameSize - 2 || !std::all_of(four.begin(), four.end(), is_frame_byte)) {
    return std::nullopt;
  }
  StatusReport report;
  add_bits(report.status, static_cast<std::uint8_t>(four[1]), kWarningBits);
  add_bits(report.status, static_cast<std::uint8_t>(four[2]), kTsplErrors);
  add_bits(report.status, static_cast<std::uint8_t>(four[3]), kMediaBits);
  // "Fault" says nothing more where the fault has a name.
  if (const auto reason = doing(four[0]); reason && !(four[0] == 'E' && report.status.blocks())) {
    report.status.add(*reason);
  }
  return report;
}

StatusReport read_tspl_byte(std::uint8_t byte) {
  StatusReport report;
  add_bits(report.status, byte, kByteBits);
  return report;
}

bool TsplReportReader::take(std::string_view bytes) {
  bool complete = false;
  for (const char byte : bytes) {
    const auto frame = frames_.take(byte);
    if (!frame) continue;
    const auto read = read_tspl_report(*frame);
    if (read) report_ = read;
    complete = complete || read.has_value();
  }
  return complete;
}

// What of the bytes can be an answer; its last byte is the newest.
std::string_view TsplByteReader::answer() const {
  std::string_view text = bytes_;
  const std::size_t stx = text.rfind(kStx);
  const bool frame_begins =
      stx != std::string_view::npos && text.size() - stx > 1 && begins_frame(text.substr(stx));
  if (frame_begins) text = text.substr(0, stx);
  if (text.size() > 1) {
    const auto last = std::find_if(text.rbegin(), text.rend(), has_letter_bit);
    text = text.substr(static_cast<std::size_t>(text.rend() - last));
  }
  // No printer has these two states one after the other: it is the end of a frame or of a text.
  if (text.ends_with("\r\n")) text = {};
  return text;
}

bool TsplByteReader::take(std::string_view bytes) {
  for (const char byte : bytes) {
    bytes_ += byte;
    const std::size_t frame = bytes_.size() - std::min(bytes_.size(), kFrameSize);
    if (byte == kEtx && begins_frame(std::string_view(bytes_).substr(frame))) bytes_.erase(frame);
    if (bytes_.size() > kKept) bytes_.erase(0, 1);
  }
  const std::string_view text = answer();
  if (text.empty() || text.data() + text.size() != bytes_.data() + bytes_.size()) return false;
  const char last = text.back();
  return !has_letter_bit(last) && last != kStx && last != kEtx && last != '\r' && last != '\n';
}

std::optional<StatusReport> TsplByteReader::report() const {
  const std::string_view text = answer();
  if (text.empty()) return std::nullopt;
  return read_tspl_byte(static_cast<std::uint8_t>(text.back()));
}

}  // namespace packbench::drivers
