#include <array>
#include <charconv>
#include <cstdio>
#include <utility>

#include "tests/usb/printer_language.h"

namespace packbench::test {
namespace {

constexpr char kStx = '\x02', kEtx = '\x03';

// The three lines of ~HS. Fields that say nothing of interest here have a healthy printer's values.
std::string host_status(const PrinterMachine& machine, bool partial_format) {
  const PrinterState state = machine.state();
  std::array<char, 160> text{};
  std::snprintf(text.data(), text.size(),
                "%c030,%d,%d,1218,%03zu,0,0,%d,000,0,0,%d%c\r\n"
                "%c001,0,%d,%d,1,2,4,0,%08zu,1,000%c\r\n"
                "%c1234,0%c\r\n",
                kStx, state.media_empty, state.paused, machine.labels_waiting(), partial_format,
                state.head_hot, kEtx, kStx, state.head_open, state.ribbon_empty,
                machine.printing() ? machine.labels_waiting() : std::size_t{0}, kEtx, kStx, kEtx);
  return text.data();
}

// ~HQES: a flag, then two groups of eight nibbles; the second group's lowest are the ones set here.
std::string error_status(const PrinterState& state) {
  unsigned errors = 0;
  if (state.media_empty) errors |= 0x1U;
  if (state.ribbon_empty) errors |= 0x2U;
  if (state.head_open) errors |= 0x4U;
  if (state.head_hot) errors |= 0x10U;
  if (state.paused) errors |= 0x10000U;
  std::array<char, 200> text{};
  std::snprintf(text.data(), text.size(),
                "%c\r\n  PRINTER STATUS                             \r\n"
                "   ERRORS:         %d 00000000 %08X          \r\n"
                "   WARNINGS:       0 00000000 00000000          \r\n%c",
                kStx, errors != 0, errors, kEtx);
  return text.data();
}

int copies_of(const Bytes& label) {
  const std::string text = text_of(label);
  const std::size_t at = text.rfind("^PQ");
  int copies = 1;
  if (at != std::string::npos)
    std::from_chars(text.data() + at + 3, text.data() + text.size(), copies);
  return copies;
}

class ZplEmulation : public PrinterLanguage {
 public:
  explicit ZplEmulation(ZplManners manners) : manners_(manners) {}

  void take(std::span<const std::uint8_t> bytes, PrinterMachine& machine) override {
    for (const std::uint8_t byte : bytes) take_byte(byte, machine);
  }
  void reset() override {
    label_.clear();
    command_.clear();
    in_label_ = false;
  }
  std::size_t unfinished() const override { return label_.size(); }

 private:
  // A command is its prefix and two letters; what follows up to the next prefix are parameters.
  void take_byte(std::uint8_t byte, PrinterMachine& machine) {
    const char c = static_cast<char>(byte);
    if (c == '^' || c == '~') {
      command_ = c;
      return;
    }
    if (command_.empty()) {
      if (in_label_) label_.push_back(byte);
      return;
    }
    command_ += c;
    const std::size_t length = command_.starts_with("~HQ") ? 5 : 3;
    if (command_.size() < length) return;
    const std::string command = std::exchange(command_, {});
    if (command.front() == '~')
      act_at_once(command, machine);
    else
      add_to_label(command, machine);
  }

  void act_at_once(const std::string& command, PrinterMachine& machine) {
    const bool trouble = machine.state().in_trouble();
    if (command == "~HS" && (!trouble || manners_.status_in_trouble))
      machine.answer(bytes_of(host_status(machine, in_label_)));
    if (command == "~HQES" && (!trouble || manners_.errors_in_trouble))
      machine.answer(bytes_of(error_status(machine.state())));
    if (command == "~JA") {
      reset();
      machine.cancel_all();
    }
    if (command == "~PP") machine.pause(true);
    if (command == "~PS") machine.pause(false);
  }

  void add_to_label(const std::string& command, PrinterMachine& machine) {
    if (command == "^XA") {
      label_.clear();
      in_label_ = true;
    }
    if (!in_label_) return;
    label_ = std::move(label_) + bytes_of(command);
    if (command != "^XZ") return;
    in_label_ = false;
    const Bytes label = std::exchange(label_, {});
    machine.add_label(label, copies_of(label));
  }

  const ZplManners manners_;
  Bytes label_;
  std::string command_;
  bool in_label_ = false;
};

}  // namespace

std::unique_ptr<PrinterLanguage> make_zpl_emulation(ZplManners manners) {
  return std::make_unique<ZplEmulation>(manners);
}

}  // namespace packbench::test
