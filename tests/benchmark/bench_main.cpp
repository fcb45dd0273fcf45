// packbench_bench: how long a packer waits for us, measured against baselines in the same run.
// Times are told, never tested: a slow machine is no mistake of the program.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "benches.h"

int main(int argc, char** argv) {
  using namespace packbench::benchmark;
  CLI::App app{"Measures on the real disk, interleaved with baselines."};
  std::string folder =
      (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "bench-data").string();
  std::string only;
  StartSize size;
  int steps = 3'000;
  app.add_option("--data", folder, "folder on the disk to be measured; made where there is none");
  app.add_option("--only", only,
                 "one of: commit, decision, label, lists, numbers, order, outbox, start, usb")
      ->check(CLI::IsMember(
          {"commit", "decision", "label", "lists", "numbers", "order", "outbox", "start", "usb"}));
  app.add_option("--orders", size.orders, "in the catalog of the start")
      ->check(CLI::PositiveNumber);
  app.add_option("--records", size.records, "in the journal of the start")
      ->check(CLI::PositiveNumber);
  app.add_option("--steps", steps, "how often a step is measured")
      ->check(CLI::Range(100, 1'000'000));
  CLI11_PARSE(app, argc, argv);
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem || ::access(folder.c_str(), W_OK) != 0) {
    std::cerr << "packbench_bench: " << folder << " cannot be written; choose another --data\n";
    return 1;
  }
  std::cout << "measured in " << folder << std::endl;
  const auto wanted = [&](const char* name) { return only.empty() || only == name; };
  if (wanted("commit")) bench_commit(folder, steps);
  if (wanted("decision")) bench_decision(folder, steps);
  if (wanted("label")) bench_label(folder, PACKBENCH_PROGRAM, std::max(200, steps / 3));
  if (wanted("lists")) bench_lists(folder, {}, 15);
  if (wanted("numbers")) bench_numbers(folder, 1'000'000, steps);
  if (wanted("order")) bench_order(folder, std::max(50, steps / 30));
  if (wanted("outbox")) bench_outbox(folder, 5'000);
  if (wanted("start")) bench_start(folder, PACKBENCH_PROGRAM, size, 15);
  if (wanted("usb")) {
    // Another program, for the emulated bus replaces much of the C library; it goes on in our
    // place.
    const std::string count = std::to_string(steps);
    ::execl(PACKBENCH_USB_BENCH, "packbench_usb_bench", "--steps", count.c_str(), nullptr);
    std::cerr << "packbench_bench: " << PACKBENCH_USB_BENCH << " cannot be run; build it first\n";
    return 1;
  }
  return 0;
}
