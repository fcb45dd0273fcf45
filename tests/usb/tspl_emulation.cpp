#include <algorithm>
#include <cstdio>
#include <utility>

#include "tests/usb/printer_language.h"

namespace packbench::test {
namespace {

constexpr std::uint8_t kEscape = 0x1B;

// <ESC>!?
std::uint8_t status_byte(const PrinterMachine& machine) {
  const PrinterState state = machine.state();
  unsigned byte = 0;
  if (state.head_open) byte |= 0x01U;
  if (state.jammed) byte |= 0x02U;
  if (state.media_empty) byte |= 0x04U;
  if (state.ribbon_empty) byte |= 0x08U;
  if (state.paused) byte |= 0x10U;
  if (machine.printing()) byte |= 0x20U;
  if (state.head_hot) byte |= 0x80U;
  return static_cast<std::uint8_t>(byte);
}

// <ESC>!S: message, warning, error of the printer, error of the media.
Bytes four_bytes(const PrinterMachine& machine) {
  const PrinterState state = machine.state();
  std::uint8_t message = '@';
  if (machine.printing()) message = 'P';
  if (state.paused) message = '`';
  if (state.in_trouble()) message = 'E';
  unsigned media = 0x40;
  if (state.media_empty) media |= 0x01U;
  if (state.jammed) media |= 0x02U;
  if (state.ribbon_empty) media |= 0x04U;
  if (state.head_open) media |= 0x20U;
  const std::uint8_t printer = state.head_hot ? 'A' : '@';
  return {0x02, message, '@', printer, static_cast<std::uint8_t>(media), 0x03, '\r', '\n'};
}

class TsplEmulation : public PrinterLanguage {
 public:
  void take(std::span<const std::uint8_t> bytes, PrinterMachine& machine) override {
    for (const std::uint8_t byte : bytes) take_byte(byte, machine);
  }
  void reset() override {
    label_.clear();
    line_.clear();
    picture_left_ = 0;
  }
  std::size_t unfinished() const override { return label_.size(); }

 private:
  void take_byte(std::uint8_t byte, PrinterMachine& machine) {
    if (picture_left_ > 0) {
      --picture_left_;
      label_.push_back(byte);
      return;
    }
    if (byte == kEscape || !escape_.empty()) {
      escape_ += static_cast<char>(byte);
      if (escape_.size() == 3) act_at_once(std::exchange(escape_, {}), machine);
      return;
    }
    label_.push_back(byte);
    if (byte == '\n') {
      finish_line(std::exchange(line_, {}), machine);
      return;
    }
    line_ += static_cast<char>(byte);
    start_picture();
  }

  // BITMAP x,y,bytes of a row,rows,mode,data: from the fifth comma on it is no text.
  void start_picture() {
    if (!line_.starts_with("BITMAP ") || std::count(line_.begin(), line_.end(), ',') != 5) return;
    std::size_t row_bytes = 0, rows = 0;
    if (std::sscanf(line_.c_str(), "BITMAP %*d,%*d,%zu,%zu,", &row_bytes, &rows) == 2)
      picture_left_ = row_bytes * rows;
    line_.clear();
  }

  void act_at_once(const std::string& sequence, PrinterMachine& machine) {
    if (sequence[1] != '!') return;
    switch (sequence[2]) {
      case '?':
        machine.answer({status_byte(machine)});
        break;
      case 'S':
        machine.answer(four_bytes(machine));
        break;
      case '.':
      case 'R':
        reset();
        machine.cancel_all();
        break;
      case 'P':
        machine.pause(true);
        break;
      case 'O':
        machine.pause(false);
        break;
      default:
        break;
    }
  }

  void finish_line(const std::string& line, PrinterMachine& machine) {
    int sets = 0, copies = 1;
    if (std::sscanf(line.c_str(), "PRINT %d,%d", &sets, &copies) < 1) return;
    const Bytes label = std::exchange(label_, {});
    machine.add_label(label, sets * copies);
  }

  Bytes label_;  // everything since the last PRINT
  std::string line_, escape_;
  std::size_t picture_left_ = 0;
};

class MuteEmulation : public PrinterLanguage {
 public:
  void take(std::span<const std::uint8_t>, PrinterMachine&) override {}
  void reset() override {}
  std::size_t unfinished() const override { return 0; }
};

}  // namespace

std::unique_ptr<PrinterLanguage> make_tspl_emulation() {
  return std::make_unique<TsplEmulation>();
}

std::unique_ptr<PrinterLanguage> make_mute_emulation() {
  return std::make_unique<MuteEmulation>();
}

}  // namespace packbench::test
