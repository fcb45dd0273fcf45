#include "tests/usb/fake_printer.h"

#include <algorithm>
#include <utility>

namespace packbench::test {
namespace {

DeviceSpec printer_spec(const PrinterOptions& options) {
  DeviceSpec spec;
  spec.identity = options.identity;
  spec.port = options.port;
  spec.speed = "480";
  Bytes parts;
  std::uint8_t alternate = 0;
  for (const std::uint8_t protocol : options.protocols) {
    const auto endpoints = static_cast<std::uint8_t>(protocol == 1 ? 1 : 2);
    parts = parts + interface_descriptor({0, 7, 1, protocol, endpoints, alternate++}) +
            endpoint_descriptor(FakePrinter::kOut, EndpointType::bulk, 512);
    if (protocol != 1)
      parts = parts + endpoint_descriptor(FakePrinter::kIn, EndpointType::bulk, 512);
  }
  spec.configuration = configuration_descriptor(1, parts);
  spec.kernel_drivers = {{0, "usblp"}};
  return spec;
}

std::unique_ptr<PrinterLanguage> make_language(const PrinterOptions& options) {
  switch (options.speech) {
    case PrinterSpeech::zpl:
      return make_zpl_emulation(options.zpl);
    case PrinterSpeech::tspl:
      return make_tspl_emulation();
    case PrinterSpeech::none:
      break;
  }
  return make_mute_emulation();
}

Bytes with_length(const std::string& device_id) {
  const std::size_t length = device_id.size() + 2;
  return Bytes{static_cast<std::uint8_t>(length >> 8U), static_cast<std::uint8_t>(length & 0xFFU)} +
         bytes_of(device_id);
}

}  // namespace

PrinterOptions zpl_printer() {
  PrinterOptions options;
  options.identity = {0x0A5F, 0x0187, "Emulated", "ZPL Printer", "ZPL-1"};
  options.device_id =
      "MANUFACTURER:Zebra Technologies ;COMMAND SET:ZPL;MODEL:ZTC ZD421-203dpi ZPL;CLASS:PRINTER;";
  return options;
}

PrinterOptions tspl_printer() {
  PrinterOptions options;
  options.identity = {0x1203, 0x0230, "Emulated", "TSPL Printer", "TSPL-1"};
  options.device_id = "MFG:TSC;CMD:TSPL2;MDL:TE210;CLS:PRINTER;";
  options.speech = PrinterSpeech::tspl;
  return options;
}

PrinterOptions cheap_clone() {
  PrinterOptions options;
  options.identity = {0x0483, 0x5720, {}, "USB Printer", {}};
  options.device_id = "MFG:Printer;CMD:;MDL:Label Printer;";
  options.protocols = {1};
  options.answers = false;
  return options;
}

FakePrinter::FakePrinter(FakeBus& bus, PrinterOptions options)
    : options_(std::move(options)),
      language_(make_language(options_)),
      answers_(options_.answers),
      usb_(bus, printer_spec(options_), *this) {}

// ---- what a test does to it -------------------------------------------------------------------

void FakePrinter::change(const std::function<void(PrinterState&)>& change) {
  const auto guard = usb_.bus().lock();
  change(state_);
  work();
  usb_.kick(kOut);
}

void FakePrinter::set_answers(bool answers) {
  const auto guard = usb_.bus().lock();
  answers_ = answers;
}

void FakePrinter::answer_next_with(Bytes garbage) {
  const auto guard = usb_.bus().lock();
  next_answer_ = std::move(garbage);
}

void FakePrinter::set_port_status(std::optional<Bytes> status) {
  const auto guard = usb_.bus().lock();
  own_port_status_ = true;
  port_status_ = std::move(status);
}

void FakePrinter::set_device_id(std::optional<Bytes> raw) {
  const auto guard = usb_.bus().lock();
  own_device_id_ = true;
  device_id_ = std::move(raw);
}

void FakePrinter::finish_label() {
  const auto guard = usb_.bus().lock();
  if (!printing_) return;
  printing_ = false;
  print_first();
  work();
  usb_.kick(kOut);
}

// ---- what a test sees of it -------------------------------------------------------------------

std::vector<Bytes> FakePrinter::printed() const {
  const auto guard = usb_.bus().lock();
  return printed_;
}

std::size_t FakePrinter::waiting() const {
  const auto guard = usb_.bus().lock();
  return labels_.size();
}

std::size_t FakePrinter::dropped() const {
  const auto guard = usb_.bus().lock();
  return dropped_;
}

std::size_t FakePrinter::cancelled() const {
  const auto guard = usb_.bus().lock();
  return cancelled_;
}

Bytes FakePrinter::received() const {
  const auto guard = usb_.bus().lock();
  return received_;
}

std::size_t FakePrinter::soft_resets() const {
  const auto guard = usb_.bus().lock();
  return soft_resets_;
}

std::size_t FakePrinter::zero_length_transfers() const {
  const auto guard = usb_.bus().lock();
  return zero_length_;
}

std::size_t FakePrinter::unfinished() const {
  const auto guard = usb_.bus().lock();
  return language_->unfinished();
}

// ---- USB --------------------------------------------------------------------------------------

// Bit 5: paper empty; bit 4: selected; bit 3: no error.
Bytes FakePrinter::true_port_status() const {
  unsigned status = 0;
  if (state_.media_empty) status |= 0x20U;
  if (!state_.paused) status |= 0x10U;
  if (!state_.in_trouble()) status |= 0x08U;
  return {static_cast<std::uint8_t>(status)};
}

std::optional<Bytes> FakePrinter::answer(const Setup& setup) {
  if (setup.request_type != 0xA1) return std::nullopt;
  if (setup.request == 0) return own_device_id_ ? device_id_ : with_length(options_.device_id);
  if (setup.request == 1) return own_port_status_ ? port_status_ : true_port_status();
  return std::nullopt;
}

// Version 1.0 of the class named another recipient for the soft reset; devices take both.
bool FakePrinter::accept(const Setup& setup, std::span<const std::uint8_t>) {
  if ((setup.request_type != 0x21 && setup.request_type != 0x23) || setup.request != 2)
    return false;
  ++soft_resets_;
  language_->reset();
  cancel_all();
  usb_.drop_queue(kIn);
  return true;
}

Taken FakePrinter::take(std::uint8_t, std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) {
    ++zero_length_;
    return {};
  }
  if (options_.refuses_while_stopped && !state_.can_print()) return {};
  const std::size_t used = std::min(backlog(), options_.buffer_bytes);
  const std::size_t fits = std::min(bytes.size(), options_.buffer_bytes - used);
  received_.insert(received_.end(), bytes.begin(),
                   bytes.begin() + static_cast<std::ptrdiff_t>(fits));
  if (next_answer_ && fits > 0) answer(*std::exchange(next_answer_, std::nullopt));
  language_->take(bytes.first(fits), *this);
  return {fits};
}

void FakePrinter::power_up() {
  language_->reset();
  labels_.clear();
  received_.clear();
  printing_ = false;
  state_.paused = false;
}

// ---- the machine ------------------------------------------------------------------------------

void FakePrinter::answer(const Bytes& bytes) {
  const bool talks = std::find(options_.protocols.begin(), options_.protocols.end(), 2) !=
                     options_.protocols.end();
  if (talks && answers_) usb_.send(kIn, bytes);
}

void FakePrinter::add_label(const Bytes& label, int copies) {
  if (printing_ && options_.drops_while_printing) {
    ++dropped_;
    return;
  }
  for (int i = 0; i < copies; ++i) labels_.push_back(label);
  work();
}

void FakePrinter::cancel_all() {
  cancelled_ += labels_.size();
  labels_.clear();
  printing_ = false;
}

void FakePrinter::pause(bool paused) {
  state_.paused = paused;
  work();
}

std::size_t FakePrinter::backlog() const {
  std::size_t bytes = language_->unfinished();
  for (const Bytes& label : labels_) bytes += label.size();
  return bytes;
}

void FakePrinter::work() {
  while (!labels_.empty() && !printing_ && state_.can_print()) {
    if (options_.prints_by_hand) {
      printing_ = true;
      return;
    }
    print_first();
  }
}

void FakePrinter::print_first() {
  printed_.push_back(std::move(labels_.front()));
  labels_.pop_front();
  usb_.bus().wake();
}

}  // namespace packbench::test
