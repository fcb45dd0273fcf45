// PrinterLink: the wire to one printer of USB class 7: its id, its status, its bytes. Source: USB
// Device Class Definition for Printing Devices 1.1; the languages' own status in
// printer_languages.h. Thread rule: one thread at a time; `sign_of_life` also while a job is under
// way.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "drivers/printer/printer_languages.h"
#include "drivers/usb/usb_device.h"
#include "ports/device.h"

namespace packbench::drivers {

struct PrinterSeen {
  bool gone = false;
  bool answered = false;  // in its language; the port's byte alone does not count
  StatusReport report;
  PrinterStatus own;  // without the port's byte
};

class PrinterLink {
 public:
  // Claims the interface and asks who it is. Errors: those of UsbDevice; unknown-language and
  // not-spoken, which a `language` in the binding settles.
  static Result<std::unique_ptr<PrinterLink>> open(std::shared_ptr<UsbDevice> device, int interface,
                                                   int alternate,
                                                   const ports::DeviceBinding& binding);

  PrinterLanguage language() const { return spoken_->language; }
  const std::string& id_text() const { return id_text_; }
  // Whether silence would tell anything: it has answered before and can be asked.
  bool is_talkative() const { return in_ != nullptr && has_answered_; }

  // The port's byte, then the language's questions. A printer that has left several rounds of
  // questions unanswered is asked no more: some print what they do not understand.
  PrinterSeen ask();
  // Anything said on the control pipe, a refusal included; nothing: it is dead or has left.
  bool sign_of_life();

  // The job is not copied and stays as it is until the transfer has gone.
  std::unique_ptr<UsbTransfer> send(std::string_view job);
  // Ends a stall of the way out.
  void clear_halt();
  // Makes the printer forget what it holds. `broke_off`: a job ended in the middle, so its parser
  // waits for the rest and has to be reset as well. False where it takes not even that.
  bool forget_jobs(bool broke_off);

 private:
  PrinterLink(std::shared_ptr<UsbDevice> device, const UsbInterface& interface)
      : device_(std::move(device)),
        interface_(interface),
        out_(find_endpoint(interface_, false, false)),
        in_(find_endpoint(interface_, true, false)) {}
  Result<std::vector<std::uint8_t>> port_byte();
  Status settle_language(const ports::DeviceBinding& binding);
  bool put_question(const StatusQuestion& question, PrinterSeen& seen);
  void drain();

  const std::shared_ptr<UsbDevice> device_;
  const UsbInterface interface_;
  const UsbEndpoint* const out_;
  const UsbEndpoint* const in_;  // null: unidirectional
  const SpokenLanguage* spoken_ = nullptr;
  std::string id_text_;
  bool has_answered_ = false;
  int unanswered_ = 0;  // rounds in a row
};

}  // namespace packbench::drivers
