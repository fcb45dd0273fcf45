// The label protocol, all of it: every interleaving of crash, unplug, silence, scan, answer, hold
// and cancellation around the shipped decide and evolve, up to so many things going wrong. Printer,
// paper, packer and host are a model (world.h); the bench is not.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "search.h"

namespace packbench::protocol {
namespace {

#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr bool kFast = true;
#else
constexpr bool kFast = false;
#endif

bool is_full_scale() {
  const char* scale = std::getenv("PACKBENCH_TEST_SCALE");
  return scale != nullptr && std::string_view(scale) == "full";
}

// How far to look; whatever can happen within that is searched to its end.
std::vector<Limits> depths(std::vector<Limits> by_default) {
  if (!kFast) return {{2, 1}};
  if (is_full_scale()) return {{4, 0}, {3, 2}, {2, 3}};
  return by_default;
}

std::string told(const Result& result, const Limits& limits) {
  std::string text = std::to_string(limits.troubles) + " troubles and " +
                     std::to_string(limits.crashes) + " crashes: " + std::to_string(result.states) +
                     " states, " + std::to_string(result.transitions) + " transitions, " +
                     std::to_string(result.stations) + " Stations, " +
                     std::to_string(result.decisions) + " decisions of the core, " +
                     std::to_string(result.attempts) + " attempts at most, all within " +
                     std::to_string(result.longest) + " steps\n";
  if (!result.found) return text;
  text += "broken: " + std::string(sentence(result.found->rule)) + "\n";
  int n = 0;
  for (const std::string& step : result.found->trace)
    text += "  " + std::to_string(n++) + ". " + step + "\n";
  return text;
}

constexpr Mets kAfterCrash = of(Met::doubt_after_crash) | of(Met::intent_started_over) |
                             of(Met::request_drawn_again) | of(Met::cancelled_while_down);

// No rule is broken, and what was expected to happen has happened: an empty search proves nothing.
void expect_sound(Setting setting, Mets expected, const std::vector<Limits>& all) {
  for (const Limits& limits : all) {
    setting.limits = limits;
    const Result result = search(setting);
    std::cout << told(result, limits);
    EXPECT_FALSE(result.found) << told(result, limits);
    EXPECT_GT(result.states, 10'000U) << "the search did not get far";
    const Mets due = limits.crashes > 0 ? expected : expected & ~kAfterCrash;
    for (unsigned i = 0; i < static_cast<unsigned>(Met::count_); ++i) {
      const bool owed = (due & (1U << i)) != 0;
      const bool met = (result.met & (1U << i)) != 0;
      EXPECT_TRUE(met || !owed) << "never met: " << words(static_cast<Met>(i));
    }
  }
}

TEST(Protocol, HoldsInEveryStateThatCanBeReached) {
  expect_sound({}, kAllMets, depths({{2, 2}, {3, 1}}));
}

// A supplied label says nothing of its attempt, so that an old one counts like the new one; only a
// supervisor prints it again.
TEST(Protocol, HoldsForSuppliedLabels) {
  const Rules attempts = of(Rule::dead_attempt_staged) | of(Rule::old_label_taken);
  const Mets absent = of(Met::old_label_refused) | of(Met::old_label_refused_without_a_new_one) |
                      of(Met::old_label_destroyed) | of(Met::reprinted);
  expect_sound({Mutation::none, {}, kAllRules & ~attempts, LabelSource::supplied},
               kAllMets & ~absent, depths({{2, 2}}));
}

// Each mistake must be seen by each rule that it breaks: by all of them together, the rules are
// known to be able to fail.
struct Mistake {
  const char* name;
  Mutation mutation;
  Rule breaks;
  Limits limits;
};
void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.name;
}

class Mutants : public ::testing::TestWithParam<Mistake> {};

TEST_P(Mutants, AreCaught) {
  const Mistake& mistake = GetParam();
  const Result result =
      search({mistake.mutation, mistake.limits, of(mistake.breaks), LabelSource::own});
  std::cout << told(result, mistake.limits);
  ASSERT_TRUE(result.found) << "nobody noticed: " << mistake.name;
  EXPECT_EQ(result.found->rule, mistake.breaks);
  EXPECT_GT(result.found->trace.size(), 2U);
}

constexpr Limits kFew{1, 1};
const Mistake kMistakes[] = {
    {"NoAttemptNumberGivesTwoLabels", Mutation::no_attempt_number, Rule::two_labels, kFew},
    {"NoAttemptNumberStagesADeadOne", Mutation::no_attempt_number, Rule::dead_attempt_staged, kFew},
    {"NoAttemptNumberTakesAnOldOne", Mutation::no_attempt_number, Rule::old_label_taken, kFew},
    {"SentBeforeTheJournalGivesTwoLabels", Mutation::act_before_commit, Rule::two_labels, kFew},
    {"SentBeforeTheJournalIsSeen", Mutation::act_before_commit, Rule::sent_unrecorded, kFew},
    {"ResentIntentGivesTwoLabels", Mutation::resend_from_intent, Rule::two_labels, {0, 2}},
    {"ResentIntentIsSentTwice", Mutation::resend_from_intent, Rule::sent_twice, {0, 2}},
    {"PrinterThatReprintsGivesTwoLabels", Mutation::printer_reprints, Rule::two_labels, kFew},
    {"SpoolerGivesTwoLabels", Mutation::spooler, Rule::two_labels, kFew},
    {"LostCommitReusesAnAttempt", Mutation::last_commit_lost, Rule::attempt_reused, kFew},
    {"ForgottenDoubtIsSeen", Mutation::doubt_forgotten, Rule::wrong_after_crash, kFew},
    {"ForgottenDoubtIsADeadEnd", Mutation::doubt_forgotten, Rule::dead_end, kFew},
    {"OldAttemptDrawnIsRefused", Mutation::old_attempt_drawn, Rule::live_label_refused, kFew},
    {"DrawnTwiceIsNotAsRecorded", Mutation::feed_acted_at_start, Rule::not_as_recorded, {3, 1}},
    {"DrawnTwiceMayNotBeThere", Mutation::feed_acted_at_start, Rule::host_would_stop, {3, 1}},
};
INSTANTIATE_TEST_SUITE_P(Protocol, Mutants, ::testing::ValuesIn(kMistakes),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace packbench::protocol
