// FolderPrinter: a printer that keeps each job as files, NAME.zpl (or what its language is) and
// NAME.png, for trying out, for tests and for systems that fetch labels from a folder. A name that
// is taken gets a suffix (NAME-2); a job of before is never overwritten. A watcher of the folder
// sees whole files only, the picture before the job. Thread rule of ports::LabelPrinter.
#pragma once

#include <string>

#include "ports/label_printer.h"

namespace packbench::drivers {

class FolderPrinter : public ports::LabelPrinter {
 public:
  explicit FolderPrinter(std::string folder) : folder_(std::move(folder)) {}

  // Creates the folder where it is missing.
  Status ready() override;
  // A job is there wholly or not at all; `unknown` only where the disk could not say that it keeps
  // the name. Disks have no deadline.
  ports::PrintOutcome print(const ports::PrintJob& job, Duration deadline) override;

 private:
  const std::string folder_;
};

}  // namespace packbench::drivers
