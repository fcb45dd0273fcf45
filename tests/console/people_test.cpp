// Who stands at the bench: badges, PINs that cannot be guessed, and what only a supervisor may do.
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

using People = BenchTest;

TEST_F(People, a_badge_scan_signs_in_and_the_next_one_at_the_bench_takes_over) {
  stock({order("SO-A", {{"TEE-L", 2}})});
  open();
  EXPECT_EQ(view()["phase"], "signed_out");
  Json answer = take("1001", "awaiting_order");
  EXPECT_EQ(answer["operator"]["name"], "Li");
  EXPECT_EQ(answer["operator"]["role"], "packer");
  take_all({"SO-A", tee});
  EXPECT_EQ(take("/sign-in 1002", "packing")["operator"]["badge"], "1002");
  take(tee, "verifying_label");
  const Json items = show("SO-A")["parcels"][0]["items"];
  EXPECT_EQ(items[0]["by"], "1001");
  EXPECT_EQ(items[1]["by"], "1002");
  take("/sign-out", "signed_out");
  refuse("SF1000000000001", "not_signed_in");
  take("1002", "verifying_label");  // the work waited
}

// Where the scanners do not type, a typed code is somebody's word: the supervisor's, or nobody's.
TEST_F(People, typed_codes_may_be_a_supervisors_alone) {
  configure("typed_codes = \"supervisor\"\n");
  stock({order("SO-A", {{"TEE-L", 1}})});
  open();
  take("1001", "awaiting_order");
  const Json refused = refuse("SO-A", "not_permitted");
  EXPECT_EQ(refused["alert"]["params"]["reason"], "typed_code");
  EXPECT_EQ(refused["alert"]["text"], "Typing codes is a supervisor's here");
  EXPECT_NE(refused["alert"]["next"].get<std::string>().find("without a scanner"),
            std::string::npos);
  take("/sign-in 9001 2468", "awaiting_order");
  take_all({"SO-A", tee, "SF1000000000001"});
  EXPECT_EQ(show("SO-A")["parcels"][0]["items"][0]["by"], "9001");
}

TEST_F(People, a_pin_is_asked_for_and_wrong_ones_cost_more_and_more_time) {
  stock({});
  open();
  refuse("9001", "bad_credentials");
  refuse("/sign-in 9001", "bad_credentials");
  for (int i = 0; i < 3; ++i) refuse("/sign-in 9001 0000", "bad_credentials");
  Json answer = refuse("/sign-in 9001 2468", "bad_credentials");
  EXPECT_EQ(answer["alert"]["params"]["wait_s"], "2") << "the right one has to wait as well";
  take("/advance 1s");
  refuse("/sign-in 9001 2468", "bad_credentials");
  take("/advance 1s");
  refuse("/sign-in 9001 1111", "bad_credentials");
  take("/advance 3s");
  answer = refuse("/sign-in 9001 2468", "bad_credentials");
  EXPECT_EQ(answer["alert"]["params"]["wait_s"], "1") << "four seconds the next time";
  reopen();
  refuse("/sign-in 9001 2468", "bad_credentials");  // ending the program is no way round
  take("/sign-in 1003 1357");                       // nobody else has to wait
  take("/advance 1s");
  take("/sign-in 9001 2468", "awaiting_order");
  take("/sign-out");
  refuse("/sign-in 9001 0000", "bad_credentials");
  take("/sign-in 9001 2468", "awaiting_order");  // the right one has begun a new count
}

TEST_F(People, a_pin_stands_nowhere_in_the_open) {
  stock({});
  open();
  take("/sign-in 9001 2468");
  refuse("/sign-in 1003 8642", "bad_credentials");
  console_->quit();
  for (const char* file : {"journal.db", "journal.db-wal", "catalog.db", "catalog.db-wal"}) {
    EXPECT_EQ(dir_.read(file).find("8642"), std::string::npos) << file;
    EXPECT_EQ(dir_.read(file).find("2468"), std::string::npos) << file;
  }
}

TEST_F(People, a_supervisor_lets_a_failed_check_pass_with_a_reason) {
  begin({order("SO-A", {{"BOOK", 1}}, {{"gift", true}})});
  take("SO-A");
  take(book, "checks");
  warn("/check gift_wrap fail no bag left", "check_failed", "checks");
  refuse("/override gift_wrap no_bag_left", "not_permitted");
  take("/sign-in 9001 2468", "checks");
  refuse("/override gift_wrap", "bad_command");
  const Json printed = take("/override gift_wrap no_bag_left", "verifying_label");
  EXPECT_EQ(printed["checks"][0]["answer"], "overridden");
  const Json check = show("SO-A")["parcels"][0]["checks"][0];
  EXPECT_EQ(check["answer"], "overridden");
  EXPECT_EQ(check["reason"], "no_bag_left");
  EXPECT_EQ(check["by"], "9001");
}

TEST_F(People, a_question_for_the_staging_may_be_answered_after_the_print) {
  begin({order("SO-A", {{"MUG-01", 1}}), order("SO-N", {{"TEE-L", 1}}, {{"seller_note", "x"}})});
  take("SO-A");
  take(mug, "verifying_label");
  refuse("SF1000000000001", "check_pending");
  refuse("/check padding_fragile na", "bad_command");  // the rule does not allow it
  refuse("/check gift_wrap pass", "bad_command");      // nobody asked
  take("/check padding_fragile pass", "verifying_label");
  take("SF1000000000001", "awaiting_order");
  take_all({"SO-N", tee, "/check note_followed na"});
  take("SF1000000000002", "awaiting_order");
}

TEST_F(People, at_most_two_questions_are_asked) {
  begin({order("SO-A", {{"MUG-01", 1}, {"OIL", 1}, {"PHONE", 1}},
               {{"gift", true}, {"buyer_note", "x"}, {"insured_value", "100.00"}})});
  const Json asked = take("SO-A")["checks"];
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[0]["id"], "gift_wrap");
  EXPECT_EQ(asked[1]["id"], "photo_high_value");
}

TEST_F(People, a_shift_is_closed_by_a_supervisor) {
  begin({order("SO-A", {{"TEE-L", 1}})});
  refuse("/close-shift", "not_permitted");
  take("/sign-in 9001 2468");
  take("/close-shift", "signed_out");
  take("/sign-in 1001", "awaiting_order");
  EXPECT_EQ(record("shift_opened", "shift"), "2");
}

TEST_F(People, a_persons_own_words_are_in_no_answer_and_in_no_record) {
  Json note = order("SO-A", {{"TEE-L", 1}},
                    {{"gift_message", "dear-mother"}, {"buyer_note", "blue-ribbon"}});
  begin({note});
  const std::string answer = take("SO-A").dump();
  take(tee);
  console_->quit();
  const std::string told = show("SO-A").dump();
  for (const char* word : {"dear-mother", "blue-ribbon", "王小明", "13810007919", "文三路"}) {
    EXPECT_EQ(answer.find(word), std::string::npos) << word;
    EXPECT_EQ(told.find(word), std::string::npos) << word;
    for (const char* file : {"journal.db", "journal.db-wal", "catalog.db", "catalog.db-wal"})
      EXPECT_EQ(dir_.read(file).find(word), std::string::npos) << word << " in " << file;
  }
}

}  // namespace
}  // namespace packbench::test
