#include "drivers/printer/fallback_printer.h"

namespace packbench::drivers {

std::string FallbackPrinter::language() {
  chosen_ = first_.ready() || !second_.ready() ? &first_ : &second_;
  return chosen_->language();
}

Status FallbackPrinter::ready() {
  const Status chosen = chosen_->ready();
  if (chosen) return chosen;
  if (!other().ready()) return chosen;
  if (other().language() != chosen_->language())
    return Error{"other-language",
                 "The other printer speaks another language; the label is drawn anew for it / "
                 "换了打印机，重新画面单"};
  chosen_ = &other();
  return Ok{};
}

ports::PrintOutcome FallbackPrinter::print(const ports::PrintJob& job, Duration deadline) {
  return chosen_->print(job, deadline);
}

void FallbackPrinter::stop(std::string_view job) {
  first_.stop(job);
  second_.stop(job);
}

}  // namespace packbench::drivers
