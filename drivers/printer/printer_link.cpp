#include "drivers/printer/printer_link.h"

#include <algorithm>

#include "base/check.h"

namespace packbench::drivers {
namespace {

constexpr Duration kControlPatience = Duration::milliseconds(500);
constexpr Duration kAnswerPatience = Duration::milliseconds(300);
constexpr Duration kDrainPatience = Duration::milliseconds(10);
constexpr int kDrainsMax = 16;
constexpr int kRoundsUnanswered = 3;
constexpr std::size_t kAnswerBytes = 512;

// Class requests of the printer class, 4.2.
constexpr std::uint8_t kGetDeviceId = 0;
constexpr std::uint8_t kGetPortStatus = 1;
constexpr std::uint8_t kSoftReset = 2;

std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

const UsbInterface* setting_of(const UsbFacts& facts, int interface, int alternate) {
  for (const UsbInterface& i : facts.interfaces) {
    if (i.number == interface && i.alternate == alternate) return &i;
  }
  return nullptr;
}

}  // namespace

Result<std::unique_ptr<PrinterLink>> PrinterLink::open(std::shared_ptr<UsbDevice> device,
                                                       int interface, int alternate,
                                                       const ports::DeviceBinding& binding) {
  const UsbInterface* setting = setting_of(device->facts(), interface, alternate);
  CHECK(setting != nullptr);
  std::unique_ptr<PrinterLink> link(new PrinterLink(std::move(device), *setting));
  CHECK(link->out_ != nullptr);
  if (const Status claimed = link->device_->claim(interface); !claimed) return claimed.error();
  if (alternate != 0) {
    const Status chosen = link->device_->choose_alternate(interface, alternate);
    if (!chosen) return chosen.error();
  }
  if (const Status settled = link->settle_language(binding); !settled) return settled.error();
  return link;
}

Status PrinterLink::settle_language(const ports::DeviceBinding& binding) {
  const auto which = static_cast<std::uint16_t>(interface_.number << 8 | interface_.alternate);
  const auto answer =
      device_->control_in({0xA1, kGetDeviceId, 0, which}, kDeviceIdMax, kControlPatience);
  DeviceId id;
  if (answer) {
    id_text_ = device_id_text(as_text(answer.value()));
    id = parse_device_id(id_text_);
  } else if (answer.error().code == "offline") {
    return answer.error();
  }
  const UsbFacts& facts = device_->facts();
  const auto wanted = language_of_word(binding.language);
  const PrinterLanguage language =
      wanted.value_or(match_printer(id, facts.vendor, facts.product).language);
  spoken_ = spoken_language(language);
  if (spoken_ != nullptr) return Ok{};
  if (language == PrinterLanguage::unknown)
    return Error{"unknown-language", "The printer at " + facts.place +
                                         " does not say which language it speaks; " +
                                         "set language = \"zpl\" or \"tspl\" in its [[device]]"};
  return Error{"not-spoken", "The printer at " + facts.place + " speaks " +
                                 std::string(language_word(language)) +
                                 "; a printer for ZPL or TSPL is needed"};
}

Result<std::vector<std::uint8_t>> PrinterLink::port_byte() {
  const auto index = static_cast<std::uint16_t>(interface_.number);
  return device_->control_in({0xA1, kGetPortStatus, 0, index}, 1, kControlPatience);
}

bool PrinterLink::sign_of_life() {
  const auto byte = port_byte();
  return byte.ok() || byte.error().code == "stalled";
}

PrinterSeen PrinterLink::ask() {
  PrinterSeen seen;
  const auto byte = port_byte();
  seen.gone = !byte && byte.error().code == "offline";
  const auto port =
      byte && !byte.value().empty() ? read_port_status(byte.value().front()) : std::nullopt;
  if (port) seen.report.status.add(*port);
  const bool given_up = !has_answered_ && unanswered_ >= kRoundsUnanswered;
  if (seen.gone || in_ == nullptr || given_up) return seen;
  drain();
  for (const StatusQuestion& question : spoken_->questions) {
    if (!question.bytes.empty() && !put_question(question, seen)) break;
  }
  if (seen.answered) {
    // What it says of itself counts for more than a port byte that many clones never change.
    if (port && !seen.own.blocks() && port->only(PrinterReason::other, PrinterReason::offline))
      seen.report.status = seen.own;
    has_answered_ = true;
    unanswered_ = 0;
  } else if (!port || port->empty()) {
    // With the head open or the media out a ZPL printer is silent for as long as that lasts.
    ++unanswered_;
  }
  return seen;
}

// False where asking further makes no sense.
bool PrinterLink::put_question(const StatusQuestion& question, PrinterSeen& seen) {
  const TransferResult asked =
      device_->start_out(*out_, as_bytes(question.bytes))->within(kAnswerPatience);
  if (asked.end == TransferEnd::stalled) clear_halt();
  seen.gone = asked.end == TransferEnd::gone;
  if (asked.end != TransferEnd::completed) return false;
  const auto reader = question.reader();
  bool whole = false;
  while (!whole) {
    const auto transfer = device_->start_in(*in_, kAnswerBytes);
    const TransferResult heard = transfer->within(kAnswerPatience);
    if (heard.end == TransferEnd::stalled) static_cast<void>(device_->clear_halt(*in_));
    seen.gone = heard.end == TransferEnd::gone;
    // Nothing but empty packets for the whole patience is silence, too.
    if (heard.bytes == 0) break;
    whole = reader->take(as_text(transfer->data()));
    // An answer of whole packets has no end on the wire: the patience runs out behind it.
    if (heard.end != TransferEnd::completed) break;
  }
  if (const auto report = reader->report()) {
    seen.answered = true;
    seen.report.status.add(report->status);
    seen.own.add(report->status);
    seen.report.labels_left = std::max(seen.report.labels_left, report->labels_left);
    seen.report.job_unfinished = seen.report.job_unfinished || report->job_unfinished;
  }
  return !seen.gone;
}

// What an earlier question is answered with late would be taken for how things stand now.
void PrinterLink::drain() {
  for (int i = 0; i < kDrainsMax; ++i) {
    const TransferResult heard = device_->start_in(*in_, kAnswerBytes)->within(kDrainPatience);
    if (heard.bytes == 0) return;
  }
}

std::unique_ptr<UsbTransfer> PrinterLink::send(std::string_view job) {
  return device_->start_out(*out_, as_bytes(job));
}

void PrinterLink::clear_halt() {
  // Where it fails, the next transfer says why.
  static_cast<void>(device_->clear_halt(*out_));
}

bool PrinterLink::forget_jobs(bool broke_off) {
  if (broke_off) {
    const auto index = static_cast<std::uint16_t>(interface_.number);
    // The request was sent to the port, and not to the interface, in class 1.0.
    for (const std::uint8_t type : {std::uint8_t{0x21}, std::uint8_t{0x23}}) {
      const TransferResult reset =
          device_->control({type, kSoftReset, 0, index}, {}, kControlPatience);
      if (reset.end != TransferEnd::stalled) break;
    }
  }
  if (spoken_->cancel.empty()) return true;
  const TransferResult told =
      device_->start_out(*out_, as_bytes(spoken_->cancel))->within(kAnswerPatience);
  return told.end == TransferEnd::completed;
}

}  // namespace packbench::drivers
