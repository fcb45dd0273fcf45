// FallbackPrinter: two printers as one. The first is used while it can print; else the second, and
// only for a job of which no byte has left us: a job that was begun stays where it was begun.
// Thread rule of ports::LabelPrinter; both printers live longer.
#pragma once

#include "ports/label_printer.h"

namespace packbench::drivers {

class FallbackPrinter : public ports::LabelPrinter {
 public:
  FallbackPrinter(ports::LabelPrinter& first, ports::LabelPrinter& second)
      : first_(first), second_(second) {}

  // Asks which one can print: the job that follows is written for that one.
  std::string language() override;
  // other-language where only the printer can print that the job was not written for; asking for
  // the language again settles it.
  Status ready() override;
  ports::PrintOutcome print(const ports::PrintJob& job, Duration deadline) override;
  void stop(std::string_view job) override;

 private:
  ports::LabelPrinter& other() { return chosen_ == &first_ ? second_ : first_; }

  ports::LabelPrinter& first_;
  ports::LabelPrinter& second_;
  ports::LabelPrinter* chosen_ = &first_;
};

}  // namespace packbench::drivers
