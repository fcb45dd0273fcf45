#include "drivers/printer/zpl_status.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "base/digit.h"

namespace packbench::drivers {
namespace {

constexpr std::size_t kFirstFields = 12;
constexpr std::size_t kSecondFields = 11;
constexpr std::size_t kThirdFields = 2;
constexpr std::size_t kFieldMax = 8;

using Fields = std::vector<std::string_view>;

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Fields of digits, as all of them are but for the print mode and the password, which may have
// letters. Nothing where the frame is something else.
std::optional<Fields> fields_of(std::string_view frame) {
  Fields out;
  while (out.size() <= kFirstFields) {
    const std::size_t comma = std::min(frame.find(','), frame.size());
    const std::string_view field = frame.substr(0, comma);
    if (field.empty() || field.size() > kFieldMax) return std::nullopt;
    for (const char c : field) {
      if (!is_digit(c) && !is_letter(c)) return std::nullopt;
    }
    out.push_back(field);
    if (comma == frame.size()) return out;
    frame.remove_prefix(comma + 1);
  }
  return std::nullopt;
}

std::optional<int> number(std::string_view field) {
  int out = 0;
  const auto read = std::from_chars(field.data(), field.data() + field.size(), out);
  if (read.ec != std::errc() || read.ptr != field.data() + field.size()) return std::nullopt;
  return out;
}

// Whether the fields at these places are flags, and which of them are set.
template <std::size_t N>
std::optional<std::array<bool, N>> flags(const Fields& fields,
                                         const std::array<std::size_t, N>& places) {
  std::array<bool, N> out{};
  for (std::size_t i = 0; i < N; ++i) {
    const std::string_view field = fields[places[i]];
    if (field != "0" && field != "1") return std::nullopt;
    out[i] = field == "1";
  }
  return out;
}

std::optional<StatusReport> read_first(const Fields& fields) {
  const auto set = flags<7>(fields, {1, 2, 5, 7, 9, 10, 11});
  const auto formats = number(fields[4]);
  if (!set || !formats || !number(fields[0]) || !number(fields[3])) return std::nullopt;
  const auto& [paper_out, paused, buffer_full, unfinished, lost, cold, hot] = *set;
  StatusReport report;
  report.status.add_if(paper_out, PrinterReason::media_empty);
  report.status.add_if(paused, PrinterReason::paused);
  report.status.add_if(buffer_full, PrinterReason::buffer_full);
  report.status.add_if(lost, PrinterReason::attention);
  report.status.add_if(cold, PrinterReason::head_cold);
  report.status.add_if(hot, PrinterReason::head_hot);
  report.labels_left = *formats;
  report.job_unfinished = unfinished;
  return report;
}

std::optional<StatusReport> read_second(const Fields& fields, StatusReport report) {
  const auto set = flags<3>(fields, {2, 3, 7});
  const auto left = number(fields[8]);
  if (!set || !left || !number(fields[0])) return std::nullopt;
  const auto& [head_up, ribbon_out, label_waiting] = *set;
  report.status.add_if(head_up, PrinterReason::cover_open);
  report.status.add_if(ribbon_out, PrinterReason::ribbon_empty);
  report.status.add_if(label_waiting, PrinterReason::label_waiting);
  // The batch that prints may be counted among the formats as well: what matters is none or some.
  report.labels_left = std::max(report.labels_left, *left);
  report.status.add_if(report.labels_left > 0, PrinterReason::printing);
  return report;
}

constexpr std::string_view kErrors = "ERRORS:";
constexpr std::string_view kWarnings = "WARNINGS:";

struct Groups {
  bool flag = false;
  std::uint32_t high = 0;
  std::uint32_t low = 0;
};

std::string_view without_blanks(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

// Takes "1 00000000 00000005" off the front of the text. Nothing where it is not all there.
std::optional<Groups> take_groups(std::string_view& text) {
  constexpr std::size_t kDigits = 8;
  text = without_blanks(text);
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  Groups out;
  out.flag = text.front() != '0';
  text.remove_prefix(1);
  for (std::uint32_t* group : {&out.high, &out.low}) {
    if (!text.starts_with(' ')) return std::nullopt;
    text = without_blanks(text);
    if (text.size() < kDigits) return std::nullopt;
    const auto read = std::from_chars(text.data(), text.data() + kDigits, *group, 16);
    if (read.ec != std::errc() || read.ptr != text.data() + kDigits) return std::nullopt;
    text.remove_prefix(kDigits);
  }
  return out;
}

using Bits = std::array<std::pair<std::uint32_t, PrinterReason>, 16>;

constexpr Bits kZplErrors{{
    {0x00000001, PrinterReason::media_empty},
    {0x00000002, PrinterReason::ribbon_empty},
    {0x00000004, PrinterReason::cover_open},
    {0x00000008, PrinterReason::cutter_fault},
    {0x00000010, PrinterReason::head_hot},   // print head
    {0x00000020, PrinterReason::head_hot},   // motor
    {0x00000040, PrinterReason::other},      // bad element of the print head
    {0x00000080, PrinterReason::other},      // print head not recognised
    {0x00001000, PrinterReason::media_jam},  // while retracting
    {0x00002000, PrinterReason::media_jam},  // presenter does not run
    {0x00004000, PrinterReason::media_jam},  // paper feed
    {0x00008000, PrinterReason::media_jam},  // paper path not clear
    {0x00010000, PrinterReason::paused},
    {0x00020000, PrinterReason::media_jam},     // retracting timed out
    {0x00040000, PrinterReason::media_needed},  // black mark not calibrated
    {0x00080000, PrinterReason::media_needed},  // black mark not found
}};

constexpr std::uint32_t kMediaLow = 0x00000008;

StatusReport report_of(const Groups& errors, const Groups& warnings) {
  StatusReport report;
  std::uint32_t named = 0;
  for (const auto& [bit, reason] : kZplErrors) {
    report.status.add_if((errors.low & bit) != 0, reason);
    named |= bit;
  }
  const bool nameless = (errors.low & ~named) != 0 || errors.high != 0;
  report.status.add_if(nameless || (errors.flag && errors.low == 0), PrinterReason::other);
  report.status.add_if((warnings.low & kMediaLow) != 0, PrinterReason::media_low);
  const bool other_warning = (warnings.low & ~kMediaLow) != 0 || warnings.high != 0 ||
                             (warnings.flag && warnings.low == 0);
  report.status.add_if(other_warning, PrinterReason::attention);
  return report;
}

// One answer from "ERRORS:" on; nothing where its end is missing or it is something else.
std::optional<StatusReport> read_errors(std::string_view text) {
  text.remove_prefix(kErrors.size());
  const auto errors = take_groups(text);
  if (!errors) return std::nullopt;
  const std::size_t at = text.find_first_not_of(" \r\n");
  if (at == std::string_view::npos || !text.substr(at).starts_with(kWarnings)) return std::nullopt;
  text.remove_prefix(at + kWarnings.size());
  const auto warnings = take_groups(text);
  if (!warnings) return std::nullopt;
  return report_of(*errors, *warnings);
}

}  // namespace

bool ZplHostStatusReader::take(std::string_view bytes) {
  for (const char byte : bytes) {
    if (const auto frame = frames_.take(byte)) take_frame(*frame);
  }
  return complete_;
}

// The strings count in their order only: what an older answer left over is skipped, and a newer
// first string begins anew.
void ZplHostStatusReader::take_frame(std::string_view frame) {
  const auto fields = fields_of(frame);
  if (!fields) return;
  if (fields->size() == kFirstFields) {
    first_ = read_first(*fields);
    complete_ = false;
    third_due_ = false;
  } else if (fields->size() == kSecondFields && first_) {
    const auto whole = read_second(*fields, *first_);
    first_.reset();
    if (!whole) return;
    report_ = whole;
    third_due_ = true;
  } else if (fields->size() == kThirdFields && third_due_) {
    third_due_ = false;
    complete_ = true;
  }
}

bool ZplErrorStatusReader::take(std::string_view bytes) {
  while (true) {
    const std::size_t room = std::min(kTextMax - text_.size(), bytes.size());
    text_.append(bytes.substr(0, room));
    bytes.remove_prefix(room);
    read_text();
    if (bytes.empty()) return complete_;
    // An answer is far shorter than half of what is kept.
    text_.erase(0, kTextMax / 2);
  }
}

// Each answer that is whole, the newest last; one that was cut off may stand in front of another.
void ZplErrorStatusReader::read_text() {
  for (std::size_t at = text_.find(kErrors); at != std::string::npos;
       at = text_.find(kErrors, at + 1)) {
    const auto read = read_errors(std::string_view(text_).substr(at));
    if (read) report_ = read;
    complete_ = read.has_value();
  }
}

}  // namespace packbench::drivers
