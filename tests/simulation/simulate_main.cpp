// packbench_simulate: whole shifts with devices that fail and people who err.
//   --seeds N   seeds 1 to N (default 200)
//   --from S    begin at seed S instead
//   --seed S    only this one, every step shown
//   --carrier   carriers report of parcels, and the bench's lists are worked out beside it
// Exit 0: no violation. 1: the first seed that has one, with what happened before it.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "simulation.h"

namespace {

using namespace packbench::simulation;

void tell(std::uint64_t seed, const Outcome& outcome, bool notes) {
  std::cout << "seed " << seed << ": " << outcome.violations.size() << " violations\n";
  for (const std::string& violation : outcome.violations) std::cout << "  " << violation << "\n";
  if (notes) {
    std::cout << "what happened before:\n";
    for (const std::string& note : outcome.last_notes) std::cout << "  " << note << "\n";
  }
  std::cout << "again, step by step: packbench_simulate --seed " << seed << std::endl;
}

int run(std::uint64_t from, std::uint64_t count, SimulationOptions options, bool single) {
  if (single) options.trace = [](const std::string& line) { std::cout << line << "\n"; };
  long inputs = 0, crashes = 0;
  std::size_t confirmed = 0, returned = 0, cards = 0, accepted = 0, listed = 0;
  for (std::uint64_t seed = from; seed < from + count; ++seed) {
    const Outcome outcome = simulate(seed, options);
    inputs += outcome.inputs;
    crashes += outcome.crashes;
    confirmed += outcome.confirmed;
    returned += outcome.returned;
    cards += outcome.cards;
    accepted += outcome.accepted;
    listed += outcome.listed;
    if (!outcome.violations.empty()) {
      tell(seed, outcome, !single);
      return 1;
    }
    const std::uint64_t done = seed - from + 1;
    if (!single && done % 100 == 0 && done < count)
      std::cout << done << " seeds, " << inputs << " inputs" << std::endl;
  }
  std::cout << inputs << " inputs, " << crashes << " crashes, " << confirmed << " confirmations, "
            << returned << " numbers given back, " << cards << " gift cards\n";
  if (options.carrier)
    std::cout << accepted << " pickups on a carrier's word, " << listed << " parcels in lists\n";
  std::cout << count << " seeds, 0 violations" << std::endl;
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Packs whole shifts with devices that fail and people who err, and looks for what "
      "must never happen."};
  std::uint64_t seeds = 200, from = 1, seed = 0;
  app.add_option("--seeds", seeds, "how many seeds")->check(CLI::PositiveNumber);
  app.add_option("--from", from, "the first of them")->check(CLI::PositiveNumber);
  SimulationOptions options;
  app.add_flag("--carrier", options.carrier, "carriers report, and the lists are looked at");
  const auto* one = app.add_option("--seed", seed, "only this one, every step shown");
  CLI11_PARSE(app, argc, argv);
  std::string folder =
      (std::filesystem::temp_directory_path() / "packbench-simulate-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    std::cerr << "packbench_simulate: no folder can be made in "
              << std::filesystem::temp_directory_path() << "; set TMPDIR to one that can\n";
    return 1;
  }
  options.folder = folder;
  const bool single = one->count() > 0;
  const int exit_code = run(single ? seed : from, single ? 1 : seeds, options, single);
  std::filesystem::remove_all(folder);
  return exit_code;
}
