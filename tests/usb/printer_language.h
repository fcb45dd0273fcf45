// What an emulated printer understands. A language reads the bytes that the printer took and tells
// the machine what they ask for; it knows nothing of USB.
// Sources: ZPL II Programming Guide (^XA, ^XZ, ^PQ, ~HS, ~HQES, ~JA, ~PS, ~PP); TSPL/TSPL2
// Programming Manual (BITMAP, PRINT, <ESC>!?, <ESC>!S, <ESC>!., <ESC>!P, <ESC>!O, <ESC>!R).
// Thread rule: under the lock of the bus, as all of a gadget.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "tests/usb/descriptors.h"

namespace packbench::test {

// What is the matter with the machine; several at once.
struct PrinterState {
  bool media_empty = false;
  bool ribbon_empty = false;
  bool head_open = false;
  bool head_hot = false;
  bool jammed = false;
  bool paused = false;
  bool in_trouble() const { return media_empty || ribbon_empty || head_open || head_hot || jammed; }
  bool can_print() const { return !in_trouble() && !paused; }
};

class PrinterMachine {
 public:
  virtual ~PrinterMachine() = default;
  virtual PrinterState state() const = 0;
  virtual bool printing() const = 0;
  virtual std::size_t labels_waiting() const = 0;
  virtual void answer(const Bytes& bytes) = 0;
  virtual void add_label(const Bytes& label, int copies) = 0;
  virtual void cancel_all() = 0;
  virtual void pause(bool paused) = 0;
};

class PrinterLanguage {
 public:
  virtual ~PrinterLanguage() = default;
  virtual void take(std::span<const std::uint8_t> bytes, PrinterMachine& machine) = 0;
  // Forgets a label that has come in part.
  virtual void reset() = 0;
  // How much of such a label there is.
  virtual std::size_t unfinished() const = 0;
};

struct ZplManners {
  // The guide: no answer to ~HS with the media or the ribbon out, the head open or too hot.
  bool status_in_trouble = false;
  bool errors_in_trouble = true;  // ~HQES
};
std::unique_ptr<PrinterLanguage> make_zpl_emulation(ZplManners manners = {});
std::unique_ptr<PrinterLanguage> make_tspl_emulation();
// Keeps every byte and answers nothing: whatever the printer may speak.
std::unique_ptr<PrinterLanguage> make_mute_emulation();

}  // namespace packbench::test
