// packbench_usb_bench: how long the drivers take, on emulated devices, beside bare libusb on the
// same. A program of its own, because the emulation stands in for open(), read(), ioctl() ... of
// the C library, which would fall on the disk's figures too. `packbench_bench` runs it last.
#include <CLI/CLI.hpp>

#include "usb_benches.h"

int main(int argc, char** argv) {
  using namespace packbench::benchmark;
  CLI::App app{"Measures the USB drivers on emulated devices, interleaved with bare libusb."};
  std::string only;
  int steps = 3'000, seconds = 20;
  app.add_option("--only", only, "one of: scan, print, idle")
      ->check(CLI::IsMember({"scan", "print", "idle"}));
  app.add_option("--steps", steps, "how often a scan is measured")
      ->check(CLI::Range(100, 1'000'000));
  app.add_option("--seconds", seconds, "how long idleness is watched, twice each way")
      ->check(CLI::Range(1, 3'600));
  CLI11_PARSE(app, argc, argv);
  const auto wanted = [&](const char* name) { return only.empty() || only == name; };
  if (wanted("scan")) bench_scan(steps);
  if (wanted("print")) bench_print(std::max(50, steps / 6));
  if (wanted("idle")) bench_idle(seconds);
  return 0;
}
