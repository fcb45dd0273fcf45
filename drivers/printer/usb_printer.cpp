#include "drivers/printer/usb_printer.h"

#include <chrono>

#include "base/check.h"

namespace packbench::drivers {
namespace {

using ports::PrintOutcome;
using ports::PrintResult;

using Clock = std::chrono::steady_clock;

constexpr Duration kGlance = Duration::milliseconds(250);
// A label takes a second or two; a printer that takes no data for longer shows it to the packer.
constexpr std::chrono::seconds kTakesNoData{2};
constexpr std::chrono::milliseconds kBetweenQuestions{100};

// How long nothing was heard, against how long that may last.
class Silence {
 public:
  explicit Silence(Duration limit) : limit_(limit.us) {}
  void broken() { since_ = Clock::now(); }
  bool too_long() const { return Clock::now() - since_ >= limit_; }

 private:
  const std::chrono::microseconds limit_;
  Clock::time_point since_ = Clock::now();
};

std::string_view word_of(const PrinterSeen& seen) {
  if (seen.gone) return "offline";
  return seen.report.status.blocks() ? seen.report.status.word() : std::string_view();
}

}  // namespace

std::shared_ptr<PrinterLink> UsbPrinter::link() const {
  const std::lock_guard lock(mutex_);
  return link_;
}

std::string UsbPrinter::condition() const {
  const std::lock_guard lock(mutex_);
  return condition_;
}

std::string UsbPrinter::language() {
  const std::lock_guard lock(mutex_);
  return language_;
}

std::string UsbPrinter::absent() const {
  const std::lock_guard lock(mutex_);
  return absent_;
}

void UsbPrinter::say_when_absent(std::string_view word) {
  {
    const std::lock_guard lock(mutex_);
    absent_ = word;
    if (link_ || condition_ == word) return;
    condition_ = word;
  }
  changed_();
}

void UsbPrinter::set_condition(std::string_view word) {
  {
    const std::lock_guard lock(mutex_);
    const std::string_view now = link_ ? word : std::string_view(absent_);
    if (condition_ == now) return;
    condition_ = now;
  }
  changed_();
}

void UsbPrinter::attach(std::shared_ptr<PrinterLink> link) {
  CHECK(link != nullptr);
  {
    const std::lock_guard io(io_);
    holds_old_ = true;
    takes_nothing_ = false;
  }
  {
    const std::lock_guard lock(mutex_);
    language_ = language_word(link->language());
    link_.swap(link);
  }
  poll();
}

void UsbPrinter::detach() {
  // Closed after the lock is given back: closing waits for the bus.
  std::shared_ptr<PrinterLink> gone;
  {
    const std::lock_guard lock(mutex_);
    gone.swap(link_);
  }
  gone.reset();
  set_condition("offline");
}

void UsbPrinter::poll() {
  const std::unique_lock io(io_, std::try_to_lock);
  const auto wire = link();
  if (!io.owns_lock() || !wire) return;
  const PrinterSeen seen = wire->ask();
  const bool says_nothing = !seen.gone && !seen.answered && seen.report.status.empty();
  // What a job has run into is not mended by a printer's saying nothing.
  if (takes_nothing_ && says_nothing) return;
  takes_nothing_ = false;
  set_condition(word_of(seen));
}

void UsbPrinter::stop(std::string_view job) {
  const std::lock_guard lock(mutex_);
  stopped_.emplace(job);
  stop_asked_.notify_all();
}

// Until the next question is due, or somebody stops the job.
void UsbPrinter::pause_between_questions(const std::string& job) {
  std::unique_lock lock(mutex_);
  stop_asked_.wait_for(lock, kBetweenQuestions, [&] { return stopped_.count(job) > 0; });
}

bool UsbPrinter::is_stopped(const std::string& job) const {
  const std::lock_guard lock(mutex_);
  return stopped_.count(job) > 0;
}

// Before the first job after plugging in, and after one of which nobody knows what became: whatever
// the printer holds is not what it should print next. False where half a label is still in the way.
bool UsbPrinter::tidy_up(PrinterLink& link) {
  if (!holds_old_ && !broke_off_) return true;
  if (!link.forget_jobs(broke_off_)) return !broke_off_;
  holds_old_ = broke_off_ = false;
  return true;
}

Status UsbPrinter::ready() {
  const Status status = ask_ready();
  if (!status) turned_away_ = true;
  return status;
}

Status UsbPrinter::ask_ready() {
  const std::lock_guard io(io_);
  const auto wire = link();
  if (!wire)
    return Error{absent(),
                 "The label printer is not connected; check its power and its cable / "
                 "打印机没连上，请检查电源和连线"};
  const bool tidy = tidy_up(*wire);
  std::string word(word_of(wire->ask()));
  takes_nothing_ = !tidy && word.empty();
  if (takes_nothing_) word = "takes-no-data";
  set_condition(word);
  if (word.empty()) return Ok{};
  return Error{word, "The label printer cannot print now: " + word + " / 打印机现在不能打印"};
}

PrintOutcome UsbPrinter::print(const ports::PrintJob& job, Duration deadline) {
  const PrintOutcome outcome = run(job, deadline);
  if (outcome.result == PrintResult::rejected) turned_away_ = true;
  const std::lock_guard lock(mutex_);
  stopped_.erase(job.name);
  return outcome;
}

PrintOutcome UsbPrinter::run(const ports::PrintJob& job, Duration deadline) {
  const std::lock_guard io(io_);
  const auto wire = link();
  if (!wire) return {PrintResult::rejected, absent(), 0};
  if (is_stopped(job.name) || job.bytes.empty()) return {PrintResult::rejected, "stopped", 0};
  // Another printer was plugged in since the job was written.
  if (job.language != language_word(wire->language()))
    return {PrintResult::rejected, "other-language", 0};
  const TransferResult sent = push(*wire, job, deadline);
  if (sent.end == TransferEnd::completed && sent.bytes == job.bytes.size()) {
    const PrintOutcome outcome = after(*wire, job, deadline);
    // It may print the label yet: before the next one goes out it has to forget this one.
    if (outcome.result == PrintResult::unknown) holds_old_ = true;
    return outcome;
  }
  if (sent.end == TransferEnd::stalled) wire->clear_halt();
  const bool stopped = sent.end == TransferEnd::timed_out && is_stopped(job.name);
  const std::string reason(stopped ? std::string_view("stopped") : transfer_word(sent.end));
  takes_nothing_ = true;
  // Who was stopped by a person has shown no fault but the one that is known already.
  if (!stopped) set_condition(reason);
  // Of a printer that has left, a count of 0 proves nothing: it may have taken all of the job.
  const bool counted = sent.end != TransferEnd::gone || !sent.submitted;
  if (sent.bytes == 0 && counted) return {PrintResult::rejected, reason, 0};
  broke_off_ = true;
  return {PrintResult::unknown, reason, sent.bytes};
}

// A printer that is paused, slow or full takes no data and still answers on its control pipe: it is
// waited for until somebody stops it. Only one that gives no sign of life runs into the deadline.
TransferResult UsbPrinter::push(PrinterLink& link, const ports::PrintJob& job, Duration deadline) {
  const auto transfer = link.send(job.bytes);
  Silence silence(deadline);
  const auto start = Clock::now();
  while (!transfer->wait(kGlance)) {
    if (is_stopped(job.name)) break;
    if (link.sign_of_life()) silence.broken();
    if (silence.too_long()) break;
    if (Clock::now() - start >= kTakesNoData) set_condition("takes-no-data");
  }
  return transfer->finish(TransferEnd::timed_out);
}

// Every byte was accepted. A printer that tells nothing has done its part: the scan of the label
// proves it. One that does tell is asked until it says that nothing is left to print.
PrintOutcome UsbPrinter::after(PrinterLink& link, const ports::PrintJob& job, Duration deadline) {
  const std::size_t bytes = job.bytes.size();
  const bool talkative = link.is_talkative();
  Silence silence(deadline);
  while (true) {
    const PrinterSeen seen = link.ask();
    const PrinterStatus& status = seen.report.status;
    const bool to_be_taken = status.first() == PrinterReason::label_waiting;
    set_condition(to_be_taken ? status.word() : word_of(seen));
    if (seen.gone) return {PrintResult::unknown, "offline", bytes};
    const bool paused = status.first() == PrinterReason::paused;
    // With a long label it is full until it has printed some of it.
    const bool full = status.first() == PrinterReason::buffer_full;
    if (status.blocks() && !paused && !full)
      return {PrintResult::unknown, std::string(status.word()), bytes};
    const bool done = seen.report.labels_left == 0 && !seen.report.job_unfinished && !full &&
                      !status.has(PrinterReason::printing);
    if (!paused && (seen.answered ? done : !talkative)) return {PrintResult::printed, "", bytes};
    if (is_stopped(job.name)) return {PrintResult::unknown, "stopped", bytes};
    // A printer that says what it does is alive, however long that takes.
    if (paused || to_be_taken || status.has(PrinterReason::printing)) silence.broken();
    if (silence.too_long()) return {PrintResult::unknown, "timed-out", bytes};
    pause_between_questions(job.name);
  }
}

}  // namespace packbench::drivers
