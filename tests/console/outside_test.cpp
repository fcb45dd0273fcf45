// What comes from outside at any moment: refunds, cancellations, holds, changes; and their release.
#include <chrono>
#include <thread>

#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

class Outside : public BenchTest {
 protected:
  void stop(const std::string& row) {
    import("stops.csv", "order,reason,platform,shop,line\n" + row + "\n");
  }
};

TEST_F(Outside, a_line_is_refunded_in_the_middle) {
  begin({order("SO-A", {{"BOOK", 1}, {"TEE-L", 1}, {"MUG-01", 1}})});
  take_all({"SO-A", book});
  stop("SO-A,refunded,,,1");
  const Json answer = warn(tee, "order_cancelled", "packing");
  EXPECT_EQ(answer["orders"][0]["lines"][0]["stopped"], true);
  EXPECT_EQ(answer["orders"][0]["lines"][0]["packed"], 0) << "it has to come out of the box";
  refuse(book, "over_scan");
  take(mug, "checks");
  EXPECT_EQ(view()["waybill"], nullptr) << "nothing prints while the book may lie in the box";
  refuse("/print", "check_pending");
  take("/check take_out pass", "verifying_label");
  take("/check padding_fragile pass");
  take(first_number, "awaiting_order");
  take_all({"/handover SF", first_number, "/close-manifest"});
  EXPECT_EQ(confirmations().at(0)["lines"],
            (Json::array({{{"line", 2}, {"quantity", 1}}, {{"line", 3}, {"quantity", 1}}})));
  EXPECT_EQ(show("SO-A")["parcels"][0]["items"][0]["state"], "stopped");
  EXPECT_EQ(verify(), "");
}

TEST_F(Outside, the_refund_of_what_was_missing_lets_the_rest_print) {
  begin({order("SO-A", {{"BOOK", 1}, {"TEE-L", 1}})});
  take_all({"SO-A", book});
  stop("SO-A,refunded,,,2");
  EXPECT_EQ(view()["phase"], "verifying_label") << "nothing is left to scan";
  take(first_number, "awaiting_order");
}

TEST_F(Outside, an_import_is_seen_by_the_running_bench_within_a_second) {
  begin({});
  refuse("SO-NEW", "order_not_found");
  import("new.jsonl", json_lines({order("SO-NEW", {{ "TEE-L", 1 }})}));
  take("SO-NEW", "packing");
  stop("SO-NEW,refund_requested,,,");
  EXPECT_EQ(view()["orders"][0]["held"], true);
}

TEST_F(Outside, a_hold_stops_the_packer_until_a_supervisor_releases_it) {
  begin({order("SO-A", {{"TEE-L", 2}})});
  take_all({"SO-A", tee});
  stop("SO-A,refund_requested,,,");
  Json answer = say(tee);
  EXPECT_EQ(answer["accepted"], false);
  EXPECT_EQ(alert_of(answer), "order_on_hold");
  EXPECT_EQ(answer["orders"][0]["held"], true);
  refuse(tee, "order_on_hold");
  refuse("/release SO-A", "not_permitted");
  take("/sign-in 9001 2468");
  refuse("/release SO-OTHER", "order_not_found");
  EXPECT_EQ(take("/release SO-A", "packing")["orders"][0]["held"], false);
  take(tee, "verifying_label");
  take(first_number, "awaiting_order");
  refuse("/release SO-A", "not_ready");
}

TEST_F(Outside, what_was_on_hold_before_it_was_opened_is_released_too) {
  begin({order("SO-P", {{"TEE-L", 1}}, {{"status", "pending"}}),
         order("SO-Q", {{"BOOK", 1}}, {{"status", "pending"}})});
  refuse("SO-P", "order_on_hold");
  take_all({"/sign-in 9001 2468", "/release SO-P"});
  ship("SO-P", {tee});
  import("paid.jsonl", json_lines({order("SO-Q", {{ "BOOK", 1 }})}));  // the payment came
  ship("SO-Q", {book});
}

TEST_F(Outside, a_hold_that_is_taken_back_outside_frees_the_bench) {
  begin({order("SO-A", {{"TEE-L", 2}})});
  take_all({"SO-A", tee});
  import("asked.jsonl", json_lines({order("SO-A",
                                          {{ "TEE-L",
                                             2 }},
                                          {{ "status",
                                             "refund_requested" }})}));
  EXPECT_EQ(view()["orders"][0]["held"], true);
  import("again.jsonl", json_lines({order("SO-A", {{ "TEE-L", 2 }})}));
  EXPECT_EQ(view()["orders"][0]["held"], false);
  take(tee, "verifying_label");
}

TEST_F(Outside, a_changed_order_is_opened_anew) {
  begin({order("SO-A", {{"TEE-L", 1}, {"BOOK", 1}})});
  take_all({"SO-A", tee});
  import("changed.jsonl", json_lines({order("SO-A",
                                            {{"TEE-L", 1},
                                             { "BOOK",
                                               1 }},
                                            {{ "receiver",
                                               {
                                                 { "address",
                                                   "X 2" }
                                               } }})}));
  EXPECT_EQ(alert_of(say(book)), "order_on_hold");
  take("/sign-in 9001 2468");
  refuse("/release SO-A", "not_ready");
  take("/abandon", "awaiting_order");
  ship("SO-A", {tee, book});
}

TEST_F(Outside, staged_parcels_of_a_held_order_stay) {
  begin({order("SO-A", {{"TEE-L", 1}})});
  ship("SO-A", {tee});
  stop("SO-A,hold,,,");
  take("/handover SF");
  refuse(first_number, "order_on_hold");
  take("/sign-in 9001 2468");
  take("/release SO-A");
  take(first_number, "handover");
}

TEST_F(Outside, a_stopped_line_is_taken_out_of_a_staged_box_by_a_supervisor) {
  begin({order("SO-A", {{"TEE-L", 1}, {"BOOK", 1}})});
  ship("SO-A", {tee, book});
  stop("SO-A,refunded,,,2");
  take("/handover SF");
  refuse(first_number, "order_cancelled");
  take("/sign-in 9001 2468");
  take("/release SO-A");
  take_all({first_number, "/close-manifest"});
  EXPECT_EQ(confirmations().at(0)["lines"], (Json::array({{{"line", 1}, {"quantity", 1}}})));
  EXPECT_EQ(verify(), "");
}

// The supervisor let go of the hold, not of the goods.
TEST_F(Outside, a_line_refunded_with_the_courier_stays_here_when_its_box_comes_back) {
  begin({order("SO-A", {{"TEE-L", 1}, {"BOOK", 1}})});
  ship("SO-A", {tee, book});
  take_all({"/handover SF", first_number});
  stop("SO-A,refunded,,,2\nSO-A,refund_requested,,,");
  take("/sign-in 9001 2468");
  take("/release SO-A");
  EXPECT_EQ(say("/list anomalies")["rows"][0]["next"], "intercept");
  take("/undo");
  EXPECT_EQ(say("/list anomalies")["rows"][0]["next"], "take_out");
  refuse(first_number, "order_cancelled");
  take("/release SO-A");
  EXPECT_EQ(say("/list anomalies")["count"], 0);
  take_all({first_number, "/close-manifest"});
  EXPECT_EQ(confirmations().at(0)["lines"], (Json::array({{{"line", 1}, {"quantity", 1}}})));
  EXPECT_EQ(verify(), "");
}

TEST_F(Outside, what_has_left_with_a_refunded_line_is_confirmed_when_a_supervisor_says_so) {
  begin({order("SO-A", {{"TEE-L", 1}, {"BOOK", 1}})});
  ship("SO-A", {tee, book});
  take_all({"/handover SF", first_number});
  stop("SO-A,refunded,,,2\nSO-A,refund_requested,,,");
  take("/sign-in 9001 2468");
  take("/release SO-A");
  take("/close-manifest");
  EXPECT_TRUE(confirmations().empty());
  take("/sign-in 9001 2468");
  take("/release SO-A");
  EXPECT_EQ(confirmations().size(), 1U);
  EXPECT_EQ(say("/list anomalies")["count"], 0);
  EXPECT_EQ(verify(), "");
}

// A cancellation at each phase: what was said before it, and how the packer gets on.
struct Cancelled {
  const char* name;
  std::vector<std::string> before;
  const char* phase;  // in which it comes
  bool on_the_table;  // the packer has it in hand
};
void PrintTo(const Cancelled& cancelled, std::ostream* out) {
  *out << cancelled.name;
}

class CancelledAt : public Outside, public ::testing::WithParamInterface<Cancelled> {};

TEST_P(CancelledAt, nothing_of_it_is_shipped) {
  const Cancelled& at = GetParam();
  configure("[weight]\npolicy = \"before_print\"\n",
            std::string(at.name) == "printing" ? "raw:no-such-device" : "file:labels");
  begin(
      {order("SO-A", {{"BOOK", 1}, {"TEE-L", 1}}, {{"gift", true}}), order("SO-B", {{"OIL", 1}})});
  Json last = view();
  for (const std::string& line : at.before) {
    last = say(line);
    EXPECT_TRUE(last.value("accepted", false)) << line << last;
  }
  ASSERT_EQ(last["phase"], at.phase);
  stop("SO-A,cancelled,,,");
  if (at.on_the_table) {
    last = say(book);
    EXPECT_EQ(last["accepted"], false);
    EXPECT_EQ(alert_of(last), "order_cancelled");
    EXPECT_EQ(last["orders"][0]["stopped"], true);
    for (const char* line :
         {"/print", first_number.c_str(), "/check gift_wrap pass", "/weight 970"})
      say(line);
    EXPECT_FALSE(view()["orders"].empty()) << "no way on but to put it aside";
    take("/abandon", "awaiting_order");
  }
  if (at.before.size() > 2 && at.before[2] == "/park") {
    warn("SO-A", "order_cancelled", "packing");  // back from the shelf, to be unpacked
    take("/abandon", "awaiting_order");
  }
  refuse("SO-A", "order_cancelled");
  refuse("/confirm SO-A", "order_cancelled");
  take("/handover SF");
  EXPECT_FALSE(say(first_number).value("accepted", true));
  take("/close-manifest", "awaiting_order");
  EXPECT_TRUE(confirmations().empty());
  take("SO-B", "packing");
  EXPECT_EQ(verify(), "");
}

const std::vector<std::string> until_packed{"SO-A", book, tee};

INSTANTIATE_TEST_SUITE_P(
    Console, CancelledAt,
    ::testing::Values(
        Cancelled{"awaiting_order", {}, "awaiting_order", false},
        Cancelled{"packing", {"SO-A", tee}, "packing", true},
        Cancelled{"parked", {"SO-A", tee, "/park", "SO-B", "/abandon"}, "awaiting_order", false},
        Cancelled{"checks", until_packed, "checks", true},
        Cancelled{"weighing", {"SO-A", book, tee, "/check gift_wrap pass"}, "weighing", true},
        Cancelled{"printing",
                  {"SO-A", book, tee, "/check gift_wrap pass", "/weight 970"},
                  "printing",
                  true},
        Cancelled{"verifying_label",
                  {"SO-A", book, tee, "/check gift_wrap pass", "/weight 970"},
                  "verifying_label",
                  true},
        Cancelled{"staged",
                  {"SO-A", book, tee, "/check gift_wrap pass", "/weight 970", first_number},
                  "awaiting_order",
                  false}),
    [](const auto& info) { return std::string(info.param.name); });

TEST_F(Outside, a_parked_order_that_was_held_meanwhile_says_so) {
  begin({order("SO-A", {{"BOOK", 2}})});
  take_all({"SO-A", book, "/park"});
  stop("SO-A,refund_requested,,,");
  warn("SO-A", "order_on_hold", "packing");
  refuse(book, "order_on_hold");
}

TEST_F(Outside, cancelled_by_hand_it_is_the_same) {
  begin({order("SO-A", {{"BOOK", 1}, {"TEE-L", 1}})});
  take_all({"SO-A", book});
  warn("/cancel-order SO-A", "order_cancelled");
  refuse(tee, "order_cancelled");
  take("/abandon", "awaiting_order");
  refuse("SO-A", "order_cancelled");
  take("/cancel-order SO-A");  // asking again changes nothing
}

}  // namespace
}  // namespace packbench::test
