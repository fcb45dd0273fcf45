#include "tests/devices/printer_fixture.h"

namespace packbench::test {

std::string zpl_job(std::size_t bytes, char fill) {
  return "^XA^FO10,10^FD" + std::string(bytes, fill) + "^FS^XZ";
}

std::string tspl_job(std::size_t bytes) {
  return "SIZE 100 mm,150 mm\r\nCLS\r\nBITMAP 0,0,10," + std::to_string(bytes / 10) + ",0," +
         std::string(bytes / 10 * 10, '\xFF') + "\r\nPRINT 1,1\r\n";
}

void PrinterTest::start(PrinterOptions options, const std::string& language,
                        const std::function<void(FakePrinter&)>& prepare) {
  drivers::DevicesOptions held;
  held.printers = {""};
  if (!language.empty()) {
    held.bindings = {printer_binding(options.identity.serial, "")};
    held.bindings[0].port = options.port;
    held.bindings[0].language = language;
  }
  fake_ = std::make_unique<FakePrinter>(bus_, std::move(options));
  if (prepare) prepare(*fake_);
  fake_->usb().plug();
  devices_ = std::make_unique<HeldDevices>(bus_, std::move(held));
}

std::future<ports::PrintOutcome> PrinterTest::begin(const std::string& job, Duration deadline,
                                                    const std::string& name) {
  job_ = job;
  return std::async(std::launch::async, [this, deadline, name] {
    const std::string language = printer().language();
    return printer().print({name, job_, {}, language}, deadline);
  });
}

ports::PrintOutcome PrinterTest::print(const std::string& job, Duration deadline) {
  auto running = begin(job, deadline);
  return end_of(running);
}

ports::PrintOutcome PrinterTest::end_of(std::future<Outcome>& job) {
  EXPECT_EQ(job.wait_for(kPatience), std::future_status::ready) << "the job never ended";
  return job.get();
}

}  // namespace packbench::test
