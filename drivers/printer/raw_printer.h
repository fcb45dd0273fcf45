// RawPrinter: sends bytes to a path as they are: a printer's device node (/dev/usb/lp0), a FIFO, a
// file (appended to). It counts what the path took and hears nothing back.
// ready() opens the path and keeps it for the job that follows, so that a printer that is not
// there is known before the job is recorded as sent. Thread rule of ports::LabelPrinter.
#pragma once

#include <string>

#include "ports/label_printer.h"

namespace packbench::drivers {

class RawPrinter : public ports::LabelPrinter {
 public:
  explicit RawPrinter(std::string path) : path_(std::move(path)) {}
  ~RawPrinter() override { close(); }
  RawPrinter(const RawPrinter&) = delete;
  RawPrinter& operator=(const RawPrinter&) = delete;

  Status ready() override;
  ports::PrintOutcome print(const ports::PrintJob& job, Duration deadline) override;

 private:
  int open();  // 0 or errno
  void close();
  bool is_still_there() const;

  const std::string path_;
  int fd_ = -1;
};

}  // namespace packbench::drivers
