// A label to the last byte in the printer, by the driver and by a bare bulk transfer, in turns.
#include "moment.h"
#include "tests/usb/fake_printer.h"
#include "tests/usb/plain_libusb.h"
#include "usb_bench_devices.h"
#include "usb_benches.h"

namespace packbench::benchmark {
namespace {

using test::FakeBus;
using test::FakePrinter;

constexpr std::size_t label_bytes = 120'000;
constexpr int warm_up_prints = 20;
constexpr double goal = 1.1;

// Unidirectional, so that nothing is asked; says when it has all of a label and keeps none of it.
class SwallowingPrinter : public FakePrinter {
 public:
  SwallowingPrinter(FakeBus& bus, const char* serial, const char* port)
      : FakePrinter(bus, options(serial, port)) {}
  // Before what it overrides goes.
  ~SwallowingPrinter() override { usb().unplug(); }

  test::Taken take(std::uint8_t, std::span<const std::uint8_t> bytes) override {
    taken_ += bytes.size();
    if (taken_ >= label_bytes) whole.now();
    return {bytes.size()};
  }
  void begin_label() {
    const auto guard = usb().bus().lock();
    usb().clear_steps();
    taken_ = 0;
    whole.clear();
  }

  Moment whole;

 private:
  static test::PrinterOptions options(const char* serial, const char* port) {
    test::PrinterOptions options = test::zpl_printer();
    options.identity.serial = serial;
    options.port = port;
    options.protocols = {1};
    return options;
  }

  std::size_t taken_ = 0;
};

double print_us(SwallowingPrinter& fake, ports::LabelPrinter& printer, const std::string& label) {
  fake.begin_label();
  const auto start = Moment::Clock::now();
  const auto outcome = printer.print({"label", label, {}, "zpl"}, Duration::seconds(20));
  CHECK(outcome.result == ports::PrintResult::printed && outcome.bytes_moved == label.size());
  return fake.whole.us_since(start);
}

double transfer_us(SwallowingPrinter& fake, const test::Handle& handle, std::string& label) {
  fake.begin_label();
  int moved = 0;
  const auto start = Moment::Clock::now();
  const int code =
      libusb_bulk_transfer(handle.get(), FakePrinter::kOut,
                           reinterpret_cast<unsigned char*>(label.data()), label_bytes, &moved, 0);
  CHECK(code == 0 && moved == label_bytes);
  return fake.whole.us_since(start);
}

}  // namespace

void bench_print(int labels) {
  FakeBus bus;
  SwallowingPrinter ours(bus, "ZPL-1", "1-1"), bare(bus, "ZPL-2", "1-2");
  ours.usb().plug();
  bare.usb().plug();
  drivers::DevicesOptions options;
  options.bindings = {bound_device(ports::DeviceRole::printer, "ZPL-1")};
  options.printers = {""};
  const auto devices = start_devices(std::move(options), {});
  ports::LabelPrinter& printer = devices->printer("");
  CHECK(printer.ready().ok());
  const test::Context context = test::open_libusb();
  const test::Handle handle = test::take_device(context, bare.usb());
  CHECK(handle != nullptr);
  // Both send what they were given, and neither looks at it.
  std::string label(label_bytes, 'F');
  Series printed, transferred;
  for (int i = 0; i < labels + warm_up_prints; ++i) {
    const auto print = [&] { return print_us(ours, printer, label); };
    const auto transfer = [&] { return transfer_us(bare, handle, label); };
    measure_in_turns(i, i >= warm_up_prints, print, printed, transfer, transferred);
  }
  print_title("A label of 120 kB to the last byte in the printer, and a bare transfer, in turns");
  print_series("libusb_bulk_transfer", transferred);
  print_series("UsbPrinter::print", printed);
  print_goal("ratio of the medians", printed.at(0.5) / transferred.at(0.5), goal, "");
}

}  // namespace packbench::benchmark
