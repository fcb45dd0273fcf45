// UsbPrinter: a place for a USB label printer at the bench. The printer may come, leave and come
// back; the place stays, and a job that meets it empty is rejected.
// Thread rule: that of ports::LabelPrinter; attach, detach, poll and condition from any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "drivers/printer/printer_link.h"
#include "ports/label_printer.h"

namespace packbench::drivers {

class UsbPrinter : public ports::LabelPrinter {
 public:
  // `changed`: the condition is another one; on the thread that found out.
  explicit UsbPrinter(std::function<void()> changed) : changed_(std::move(changed)) {}

  void attach(std::shared_ptr<PrinterLink> link);
  void detach();
  // What is said while no printer is here: offline, or why there cannot be one.
  void say_when_absent(std::string_view word);
  // Asks an idle printer how it is; does nothing while a job is under way.
  void poll();
  // Whether a job was turned away since this was asked last: whoever waits for the printer may have
  // heard that it is well again before hearing that.
  bool take_turned_away() { return turned_away_.exchange(false); }
  bool has_turned_away() const { return turned_away_; }
  // Empty: it can print. Else the word of what keeps it from printing.
  std::string condition() const;

  std::string language() override;
  Status ready() override;
  ports::PrintOutcome print(const ports::PrintJob& job, Duration deadline) override;
  void stop(std::string_view job) override;

 private:
  std::shared_ptr<PrinterLink> link() const;
  void set_condition(std::string_view word);
  bool is_stopped(const std::string& job) const;
  void pause_between_questions(const std::string& job);
  bool tidy_up(PrinterLink& link);
  TransferResult push(PrinterLink& link, const ports::PrintJob& job, Duration deadline);
  Status ask_ready();
  std::string absent() const;
  ports::PrintOutcome run(const ports::PrintJob& job, Duration deadline);
  ports::PrintOutcome after(PrinterLink& link, const ports::PrintJob& job, Duration deadline);

  const std::function<void()> changed_;
  std::mutex io_;  // one exchange with the printer at a time
  mutable std::mutex mutex_;
  std::shared_ptr<PrinterLink> link_;
  std::string absent_ = "offline";
  std::string condition_ = "offline";
  std::string language_ = "zpl";
  std::set<std::string, std::less<>> stopped_;  // jobs that must end, also those to come
  std::condition_variable stop_asked_;
  std::atomic<bool> turned_away_ = false;
  // All under io_. What the printer may still hold: labels of before, half a label.
  bool holds_old_ = false;
  bool broke_off_ = false;
  bool takes_nothing_ = false;  // the last job ran into a fault that only a job can see
};

}  // namespace packbench::drivers
