// PrinterTest: one emulated printer, the product's driver for it, and jobs that run as the bench's
// worker runs them.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <string>

#include "tests/devices/held_devices.h"
#include "tests/usb/fake_printer.h"

namespace packbench::test {

// A label of so many bytes, in the language's frame.
std::string zpl_job(std::size_t bytes = 8'000, char fill = 'F');
std::string tspl_job(std::size_t bytes = 8'000);

class PrinterTest : public testing::Test {
 protected:
  using Outcome = ports::PrintOutcome;
  using PrintResult = ports::PrintResult;

  // Plugs it in and has it held. `language`: as the configuration would say; empty: it says itself.
  void start(PrinterOptions options, const std::string& language = "",
             const std::function<void(FakePrinter&)>& prepare = {});
  ports::LabelPrinter& printer() { return (*devices_)->printer(""); }
  // Begins a job on another thread.
  std::future<Outcome> begin(const std::string& job, Duration deadline = Duration::seconds(20),
                             const std::string& name = "SF1-1");
  // The whole of it.
  Outcome print(const std::string& job, Duration deadline = Duration::seconds(20));
  // Ends soon although nobody else does anything.
  static Outcome end_of(std::future<Outcome>& job);
  std::size_t printed() { return fake_->printed().size(); }

  FakeBus bus_;
  std::unique_ptr<FakePrinter> fake_;
  std::unique_ptr<HeldDevices> devices_;

 private:
  std::string job_;  // lives as long as it is being sent
};

}  // namespace packbench::test
