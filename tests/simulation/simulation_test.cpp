// The simulator as a test: no seed may have a violation, and every mutant must be caught.
// The full count of seeds are tests of their own (CMakeLists.txt), by packbench_simulate.
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <string>

#include "mutants.h"
#include "simulation.h"

namespace {

using namespace packbench;
using namespace packbench::simulation;

constexpr std::uint64_t ci_seeds = 400;
constexpr std::uint64_t least_seeds = 20;
constexpr std::uint64_t mutant_seeds = 120;
constexpr auto ci_time = std::chrono::seconds(45);
constexpr std::uint64_t carrier_seeds = 150;
constexpr auto carrier_time = std::chrono::seconds(20);

class Simulation : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = (std::filesystem::temp_directory_path() / "packbench-simulation-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
    options_.folder = folder_;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string first_violation(std::uint64_t seed) {
    const Outcome outcome = simulate(seed, options_);
    totals_.confirmed += outcome.confirmed;
    totals_.returned += outcome.returned;
    totals_.cards += outcome.cards;
    totals_.accepted += outcome.accepted;
    totals_.listed += outcome.listed;
    totals_.crashes += outcome.crashes;
    for (const auto& [what, count] : outcome.seen) totals_.seen[what] += count;
    if (outcome.violations.empty()) return "";
    return "seed " + std::to_string(seed) + ": " + outcome.violations.front() +
           " (packbench_simulate --seed " + std::to_string(seed) + ")";
  }

  std::string folder_;
  SimulationOptions options_;
  Outcome totals_;
};

// Within CI's time, but never so few that it says nothing.
TEST_F(Simulation, NoSeedHasAViolation) {
  const auto end = std::chrono::steady_clock::now() + ci_time;
  std::uint64_t seed = 1;
  for (; seed <= ci_seeds; ++seed) {
    if (seed > least_seeds && std::chrono::steady_clock::now() > end) break;
    const std::string violation = first_violation(seed);
    ASSERT_EQ(violation, "");
  }
  std::cout << seed - 1 << " seeds, " << totals_.crashes << " crashes, " << totals_.confirmed
            << " confirmations" << std::endl;
  // A simulation in which nothing happens would pass too.
  EXPECT_GT(totals_.confirmed, 0U);
  EXPECT_GT(totals_.returned, 0U);
  EXPECT_GT(totals_.cards, 0U);
  EXPECT_GT(totals_.crashes, 0);
  for (const char* what : {"wrong_item", "over_scan", "wrong_label", "pickup_missing",
                           "order_cancelled", "order_on_hold", "storage_fault", "print_unknown"})
    EXPECT_GT(totals_.seen[what], 0) << what << " never came about";
}

// No confirmation without evidence, each once, every parcel in one list, and the money as somebody
// else works it out.
TEST_F(Simulation, NoSeedWithCarriersReportsHasAViolation) {
  options_.carrier = true;
  const auto end = std::chrono::steady_clock::now() + carrier_time;
  for (std::uint64_t seed = 1; seed <= carrier_seeds; ++seed) {
    if (seed > least_seeds && std::chrono::steady_clock::now() > end) break;
    const std::string violation = first_violation(seed);
    ASSERT_EQ(violation, "");
  }
  EXPECT_GT(totals_.accepted, 0U);
  EXPECT_GT(totals_.listed, 0U);
  EXPECT_GT(totals_.seen["already_picked_up"], 0);
}

TEST_F(Simulation, ASeedReplaysTheSame) {
  std::vector<std::string> runs[2];
  for (auto& run : runs) {
    options_.trace = [&run](const std::string& line) { run.push_back(line); };
    static_cast<void>(simulate(7, options_));
  }
  EXPECT_GT(runs[0].size(), 100U);
  EXPECT_EQ(runs[0], runs[1]);
}

class Mutants : public Simulation {
 protected:
  // Some seed must have a violation, and the same loop without the mistake must have none there.
  void expect_caught(Mutation mutation, store::Synchronous synchronous = store::Synchronous::full) {
    for (std::uint64_t seed = 1; seed <= mutant_seeds; ++seed) {
      options_.make = make_mutant(mutation);
      options_.synchronous = synchronous;
      const std::string violation = first_violation(seed);
      if (violation.empty()) continue;
      std::cout << violation << std::endl;
      options_.make = make_mutant(Mutation::none);
      options_.synchronous = store::Synchronous::full;
      EXPECT_EQ(first_violation(seed), "");
      return;
    }
    FAIL() << "the auditor saw nothing in " << mutant_seeds << " seeds";
  }
};

TEST_F(Mutants, TheLoopItselfIsSound) {
  options_.make = make_mutant(Mutation::none);
  for (std::uint64_t seed = 1; seed <= least_seeds; ++seed) {
    const std::string violation = first_violation(seed);
    ASSERT_EQ(violation, "");
  }
}

TEST_F(Mutants, EffectsBeforeCommitAreCaught) {
  expect_caught(Mutation::effects_before_commit);
}

TEST_F(Mutants, AReprintOnTimeOutIsCaught) {
  expect_caught(Mutation::reprint_on_time_out);
}

TEST_F(Mutants, ACardOnTimeOutIsCaught) {
  expect_caught(Mutation::card_on_time_out);
}

TEST_F(Mutants, AConfirmationWithoutPickupIsCaught) {
  expect_caught(Mutation::confirmation_without_pickup);
}

TEST_F(Mutants, AnAcceptanceWithoutTraceIsCaught) {
  options_.carrier = true;
  expect_caught(Mutation::acceptance_without_trace);
}

TEST_F(Mutants, MoneyByAnotherPolicyIsCaught) {
  options_.carrier = true;
  options_.compensation_percent = 31;
  EXPECT_NE(first_violation(1) + first_violation(2) + first_violation(3), "");
}

TEST_F(Mutants, ALostRecordIsCaught) {
  expect_caught(Mutation::lost_record);
}

TEST_F(Mutants, AJournalThatDoesNotSyncIsCaught) {
  expect_caught(Mutation::none, store::Synchronous::normal);
}

}  // namespace
