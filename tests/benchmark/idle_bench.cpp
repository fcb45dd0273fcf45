// What a bench costs that has nothing to do: the processor time of this process with the drivers at
// work, less that of the emulated bus with the same devices and nobody who uses them.
#include <ctime>
#include <thread>

#include "base/check.h"
#include "tests/usb/fake_printer.h"
#include "tests/usb/fake_scale.h"
#include "tests/usb/fake_scanner.h"
#include "usb_bench_devices.h"
#include "usb_benches.h"

namespace packbench::benchmark {
namespace {

constexpr int rounds = 2;
constexpr double goal_percent = 0.2;
// A device that has just come is looked at once more a second later.
constexpr std::chrono::seconds settled{3};

double processor_us() {
  timespec used{};
  CHECK(::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) == 0);
  return static_cast<double>(used.tv_sec) * 1e6 + static_cast<double>(used.tv_nsec) / 1e3;
}

// Adds each second's; gives back their sum.
double measure_seconds(int seconds, Series& series) {
  const double first = processor_us();
  double last = first;
  for (int i = 0; i < seconds; ++i) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    const double now = processor_us();
    series.add(now - last);
    last = now;
  }
  return last - first;
}

}  // namespace

void bench_idle(int seconds) {
  test::FakeBus bus;
  test::FakePosScanner scanner(bus);
  test::FakePrinter printer(bus, test::zpl_printer());
  test::FakeScale scale(bus);
  scanner.usb().plug();
  printer.usb().plug();
  scale.usb().plug();
  Series alone, held;
  double alone_us = 0, held_us = 0;
  for (int round = 0; round < rounds; ++round) {
    std::this_thread::sleep_for(settled);
    alone_us += measure_seconds(seconds, alone);
    drivers::DevicesOptions options;
    options.printers = {""};
    options.wants_scale = true;
    const auto devices = start_devices(std::move(options), {});
    for (const ports::DeviceState& state : devices->states()) CHECK(state.usable);
    CHECK(devices->states().size() == 3);
    std::this_thread::sleep_for(settled);
    held_us += measure_seconds(seconds, held);
  }
  const double percent = (held_us - alone_us) / (rounds * seconds * 1e6) * 100;
  print_title("Processor time in each second with scanner, printer and scale, nothing happening");
  print_series("the emulated bus alone", alone);
  print_series("the bus and the drivers at work", held);
  print_note(
      "the printer is asked how it is every 10 s; the emulation's answers are counted as ours");
  print_goal("the difference, of one core", percent, goal_percent, "%");
}

}  // namespace packbench::benchmark
