// A report of a HID POS scanner until it is a Barcode, and until bare libusb has it, in turns.
#include <thread>

#include "figures.h"
#include "moment.h"
#include "tests/usb/fake_scanner.h"
#include "tests/usb/plain_libusb.h"
#include "usb_bench_devices.h"
#include "usb_benches.h"

namespace packbench::benchmark {
namespace {

using test::FakeBus;
using test::FakePosScanner;

constexpr const char* code = "4006381333931";
constexpr int warm_up_scans = 20;
constexpr double scan_goal_ms = 1;

// Nobody scans faster; both sides begin with their threads asleep.
constexpr std::chrono::milliseconds between_scans{2};

FakePosScanner make_scanner(FakeBus& bus, const char* serial, const char* port) {
  test::PosScannerOptions options;
  options.identity.serial = serial;
  options.port = port;
  return FakePosScanner(bus, options);
}

// The least a program can do: takes each report and asks for the next.
class EmptyLoop {
 public:
  EmptyLoop(const test::FakeDevice& device, Moment& taken)
      : context_(test::open_libusb()),
        handle_(test::take_device(context_, device)),
        transfer_(libusb_alloc_transfer(0)),
        taken_(taken) {
    CHECK(handle_ != nullptr && transfer_ != nullptr);
    libusb_fill_interrupt_transfer(transfer_, handle_.get(), FakePosScanner::kIn, buffer_,
                                   sizeof buffer_, &EmptyLoop::ended, this, 0);
    CHECK(libusb_submit_transfer(transfer_) == 0);
    events_.emplace(context_);
  }
  // Whoever destroys it has unplugged the device, which ends the transfer.
  ~EmptyLoop() {
    gone_.us_since({});
    events_.reset();
    libusb_free_transfer(transfer_);
  }
  EmptyLoop(const EmptyLoop&) = delete;
  EmptyLoop& operator=(const EmptyLoop&) = delete;

 private:
  static void LIBUSB_CALL ended(libusb_transfer* transfer) {
    auto* self = static_cast<EmptyLoop*>(transfer->user_data);
    const bool completed = transfer->status == LIBUSB_TRANSFER_COMPLETED;
    if (completed) self->taken_.now();
    if (!completed || libusb_submit_transfer(transfer) != 0) self->gone_.now();
  }

  const test::Context context_;
  const test::Handle handle_;
  libusb_transfer* const transfer_;
  unsigned char buffer_[64] = {};
  Moment& taken_;
  Moment gone_;
  std::optional<test::EventThread> events_;
};

double scan_us(FakeBus& bus, FakePosScanner& scanner, Moment& taken) {
  CHECK(bus.wait_until([&] { return scanner.is_read(); }));
  std::this_thread::sleep_for(between_scans);
  const test::Bytes report = scanner.reports(code, "]E0").front();
  taken.clear();
  const auto start = Moment::Clock::now();
  scanner.send_report(report);
  return taken.us_since(start);
}

}  // namespace

void bench_scan(int scans) {
  FakeBus bus;
  Moment scanned, taken;
  FakePosScanner ours = make_scanner(bus, "POS-1", "1-1");
  FakePosScanner bare = make_scanner(bus, "POS-2", "1-2");
  ours.usb().plug();
  bare.usb().plug();
  drivers::DevicesOptions options;
  options.bindings = {bound_device(ports::DeviceRole::scanner, "POS-1")};
  drivers::DevicesListener listener;
  listener.scanned = [&](ports::Lane, const Barcode& barcode) {
    scanned.now();
    CHECK(barcode.bytes == code);
  };
  const auto devices = start_devices(std::move(options), std::move(listener));
  Series ours_us, bare_us;
  {
    const EmptyLoop loop(bare.usb(), taken);
    for (int i = 0; i < scans + warm_up_scans; ++i) {
      const auto measure_ours = [&] { return scan_us(bus, ours, scanned); };
      const auto measure_bare = [&] { return scan_us(bus, bare, taken); };
      measure_in_turns(i, i >= warm_up_scans, measure_ours, ours_us, measure_bare, bare_us);
    }
    bare.usb().unplug();
  }
  print_title("A scanner's report until it is a Barcode, and until bare libusb has it, in turns");
  print_series("an empty libusb loop", bare_us);
  print_series("drivers: the Barcode is told", ours_us);
  print_ratio("ratio of the medians", ours_us.at(0.5) / bare_us.at(0.5));
  print_ratio("ratio of the p99", ours_us.at(0.99) / bare_us.at(0.99));
  print_goal("from the report to the Barcode, p99", ours_us.at(0.99) / 1000, scan_goal_ms, "ms");
}

}  // namespace packbench::benchmark
