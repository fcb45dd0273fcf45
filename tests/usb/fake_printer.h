// FakePrinter: an emulated label printer of the USB printer class. It keeps what it printed, has
// the troubles that a test gives it, and the manners of dear printers and of cheap ones. Sources:
// USB Printer Class 1.1 (device id, port status, soft reset); IEEE 1284-2000 (device id).
//
//   FakePrinter printer(bus, zpl_printer());
//   printer.usb().plug();
//   printer.change([](PrinterState& state) { state.paused = true; });
//
// Thread rule: any thread.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/usb/fake_device.h"
#include "tests/usb/printer_language.h"

namespace packbench::test {

enum class PrinterSpeech { zpl, tspl, none };

struct PrinterOptions {
  Identity identity;
  std::string port = "1-2";
  std::string device_id;  // without its length
  PrinterSpeech speech = PrinterSpeech::zpl;
  ZplManners zpl;
  // One alternate setting each: 1 unidirectional, 2 bidirectional.
  std::vector<std::uint8_t> protocols = {2};
  bool answers = true;  // false: takes everything and says nothing, as many clones
  // A label that arrives while it prints another is lost.
  bool drops_while_printing = false;
  // Takes no bytes while it is paused or in trouble. Else it takes them until its buffer is full.
  bool refuses_while_stopped = false;
  std::size_t buffer_bytes = 4'000'000;  // of labels that are not printed yet
  // Printing takes until finish_label(); else no time.
  bool prints_by_hand = false;
};

// A bidirectional printer of each language, to be changed at will.
PrinterOptions zpl_printer();
PrinterOptions tspl_printer();
// Unidirectional, mute, says little of itself: takes ZPL.
PrinterOptions cheap_clone();

class FakePrinter : public Gadget, private PrinterMachine {
 public:
  FakePrinter(FakeBus& bus, PrinterOptions options);

  static constexpr std::uint8_t kOut = 0x01, kIn = 0x82;
  FakeDevice& usb() { return usb_; }

  // Troubles and their end. Waiting labels are printed as soon as it can.
  void change(const std::function<void(PrinterState&)>& change);
  void set_answers(bool answers);
  // The next bytes are answered by these instead, whatever they ask.
  void answer_next_with(Bytes garbage);
  // What port status and device id say, instead of the truth. Nothing: a stall.
  void set_port_status(std::optional<Bytes> status);
  void set_device_id(std::optional<Bytes> raw);
  // Ends the label that is being printed (prints_by_hand).
  void finish_label();

  std::vector<Bytes> printed() const;  // each copy, from the first byte of its job to the last
  std::size_t waiting() const;         // labels that are complete and not printed
  std::size_t dropped() const;         // labels lost, see drops_while_printing
  std::size_t cancelled() const;       // labels thrown away because the program asked for it
  Bytes received() const;              // every byte, since it was plugged in
  std::size_t soft_resets() const;
  std::size_t zero_length_transfers() const;
  std::size_t unfinished() const;  // bytes of a label whose end has not come

  // Gadget
  std::optional<Bytes> answer(const Setup& setup) override;
  bool accept(const Setup& setup, std::span<const std::uint8_t> data) override;
  Taken take(std::uint8_t endpoint, std::span<const std::uint8_t> bytes) override;
  void power_up() override;

 private:
  // PrinterMachine
  PrinterState state() const override { return state_; }
  bool printing() const override { return printing_; }
  std::size_t labels_waiting() const override { return labels_.size(); }
  void answer(const Bytes& bytes) override;
  void add_label(const Bytes& label, int copies) override;
  void cancel_all() override;
  void pause(bool paused) override;

  std::size_t backlog() const;
  void work();
  void print_first();
  Bytes true_port_status() const;

  const PrinterOptions options_;
  const std::unique_ptr<PrinterLanguage> language_;
  bool answers_;
  PrinterState state_;
  std::deque<Bytes> labels_;
  bool printing_ = false;
  std::vector<Bytes> printed_;
  std::size_t dropped_ = 0, cancelled_ = 0, soft_resets_ = 0, zero_length_ = 0;
  Bytes received_;
  std::optional<Bytes> next_answer_;
  bool own_port_status_ = false, own_device_id_ = false;
  std::optional<Bytes> port_status_, device_id_;
  mutable FakeDevice usb_;  // last: gone before what it uses
};

}  // namespace packbench::test
