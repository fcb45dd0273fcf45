// What carriers report, and what becomes of parcels after the dock: a trace stops clocks and opens
// the gate only where a supervisor takes it as evidence.
#include <cstdlib>

#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

class AfterPickup : public BenchTest {
 protected:
  void SetUp() override {
    begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"BOOK", 1}})});
    a_ = ship("SO-A", {tee});
    b_ = ship("SO-B", {book});
  }
  // `at`: local time of the day at `noon`.
  void report(const std::string& number, const std::string& at, const std::string& text) {
    import("traces.csv",
           "number,time,text,carrier\n" + number + ",2026-11-22 " + at + "," + text + ",SF\n");
    view();
  }
  void hand_over(std::initializer_list<std::string> numbers) {
    take("/handover SF K1");
    for (const std::string& number : numbers) take(number);
    take("/close-manifest", "awaiting_order");
  }
  std::string first(const std::string& table, const std::string& column) const {
    return DatabaseFile(dir_.path() + "/journal.db")
        .text("SELECT coalesce(max(" + column + "), '') FROM " + table);
  }
  std::int64_t watched() const {
    return DatabaseFile(dir_.path() + "/journal.db").count("SELECT count(*) FROM watch");
  }
  std::string a_, b_;
};

TEST_F(AfterPickup, the_earliest_trace_of_each_kind_counts_however_late_it_comes) {
  hand_over({a_, b_});
  EXPECT_EQ(watched(), 2);
  EXPECT_FALSE(confirmations()[0].contains("evidence")) << "our own scan needs no word";
  report(a_, "15:00", "快件到达 【杭州转运中心】");
  EXPECT_EQ(watched(), 1) << "a hub has it";
  report(a_, "13:00", "快递员已揽收");
  report(a_, "14:00", "快递员已揽收");
  report(a_, "13:00", "快递员已揽收");
  EXPECT_EQ(first("parcel_trace", "picked_up_us"), "1795323600000000");
  EXPECT_EQ(first("parcel_trace", "hub_us"), "1795330800000000");
  EXPECT_EQ(first("parcel_trace", "first_us"), "1795323600000000");
  EXPECT_EQ(first("parcel_trace", "last_state"), "hub");
  EXPECT_EQ(records("kind = 'traces_seen'"), 3);
  EXPECT_EQ(verify(), "");
}

TEST_F(AfterPickup, traces_of_numbers_that_are_not_ours_or_were_given_out_later_are_nobodys) {
  report("SF9999999999999", "13:00", "快递员已揽收");
  report(a_, "09:00", "快递员已揽收");
  import("other.csv", "number,time,text,carrier\n" + b_ + ",2026-11-22 13:00,已揽收,YTO\n");
  view();
  EXPECT_EQ(first("parcel_trace", "parcel"), "");
  EXPECT_EQ(records("kind = 'traces_seen'"), 0);
}

TEST_F(AfterPickup, a_trace_confirms_nothing_until_a_supervisor_takes_it_as_evidence) {
  report(a_, "13:00", "快递员已揽收");
  refuse("/confirm SO-A", "pickup_missing");
  refuse("/accept-trace " + a_, "not_permitted");
  EXPECT_TRUE(confirmations().empty());
  take("/sign-in 9001 2468");
  refuse("/accept-trace", "bad_command");
  refuse("/accept-trace SF9999999999999", "unknown_barcode");
  refuse("/accept-trace " + b_, "pickup_missing");
  take("/accept-trace " + a_);
  ASSERT_EQ(confirmations().size(), 1U);
  EXPECT_EQ(confirmations()[0]["order"], "SO-A");
  EXPECT_EQ(confirmations()[0]["picked_up_at"], "2026-11-22T05:00:00Z");
  EXPECT_EQ(confirmations()[0]["evidence"], "carrier_trace");
  take("/confirm SO-A");
  refuse("/accept-trace " + a_, "already_picked_up");
  take("/handover SF");
  EXPECT_EQ(view()["manifest"]["left"], Json::array({b_}));
  refuse(a_, "already_picked_up");
  take_all({b_, "/close-manifest"});
  EXPECT_EQ(confirmations().size(), 2U);
  EXPECT_EQ(verify(), "");
}

TEST_F(AfterPickup, a_scan_is_never_replaced_by_a_trace) {
  take_all({"/handover SF K1", a_});
  report(a_, "13:00", "快递员已揽收");
  say("/lane bench");
  take("/sign-in 9001 2468");
  refuse("/accept-trace " + a_, "already_picked_up");
  say("/lane dock");
  take("/close-manifest");
  EXPECT_EQ(first("pickup", "manifest"), record("manifest_closed", "manifest"));
}

TEST_F(AfterPickup, an_accepted_trace_of_a_refunded_order_holds_its_confirmation) {
  import("stops.csv", "order,reason\nSO-A,refund_requested\n");
  report(a_, "13:00", "快递员已揽收");
  take_all({"/sign-in 9001 2468", "/accept-trace " + a_});
  EXPECT_TRUE(confirmations().empty());
  refuse("/confirm SO-A", "order_on_hold");
  take("/release SO-A");
  EXPECT_EQ(confirmations().size(), 1U);
  EXPECT_EQ(verify(), "");
}

TEST_F(AfterPickup, what_the_courier_refuses_stays_here) {
  take_all({"/handover SF K1", a_, b_});
  refuse("/refused-by-courier", "bad_command");
  const Json answer = take("/refused-by-courier " + a_ + " box is torn", "handover");
  EXPECT_EQ(answer["manifest"]["count"], 1);
  EXPECT_EQ(answer["manifest"]["left"], Json::array({a_}));
  take("/incident late an hour");
  refuse("/incident rain", "bad_command");
  refuse("/close-manifest 2", "count_differs");
  take("/close-manifest 1", "awaiting_order");
  EXPECT_EQ(first("manifest", "counted"), "1");
  EXPECT_EQ(first("manifest_event", "code || ' ' || detail"), "late an hour");
  EXPECT_EQ(first("parcel_event", "kind"), "refused_by_courier");
  EXPECT_EQ(confirmations().size(), 1U);
  refuse("/incident late", "not_ready");
  take_all({"/handover SF K1", a_, "/close-manifest 1"});
  EXPECT_EQ(confirmations().size(), 2U);
  EXPECT_EQ(verify(), "");
}

TEST_F(AfterPickup, the_paper_of_a_visit_says_what_went_what_stayed_and_why) {
  if (std::system("command -v pdftotext >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  const auto paper = [&](const std::string& file) {
    const std::string text = dir_.path("paper.txt");
    EXPECT_EQ(std::system(("pdftotext -layout '" + file + "' '" + text + "'").c_str()), 0);
    return dir_.read("paper.txt");
  };
  const std::string pdf = dir_.path("paper.pdf");
  const auto ask = [&] {
    return run_program({"manifest", "--data", dir_.path(), "--out", pdf, "--lang", "en"});
  };
  EXPECT_EQ(ask().exit_code, 1);
  take_all({"/handover SF Wang", a_, b_, "/refused-by-courier " + b_ + " too large",
            "/incident late by an hour"});
  ASSERT_EQ(ask().exit_code, 0);
  EXPECT_NE(paper(pdf).find("still open"), std::string::npos);
  take("/close-manifest 1");
  ASSERT_EQ(ask().exit_code, 0);
  const std::string said = paper(pdf);
  for (const char* words : {"Manifest", "Wang", "SO-A", "Left behind", "too large", "came late",
                            "by an hour", "SF1000 0000 0000 1", "SF1000 0000 0000 2"})
    EXPECT_NE(said.find(words), std::string::npos) << words << "\n" << said;
  EXPECT_EQ(said.find("SO-B"), std::string::npos);
  // The bench keeps one of its own.
  const std::string id = record("manifest_closed", "manifest");
  console_.reset();
  EXPECT_NE(paper(dir_.path("manifests/" + id + ".pdf")).find(id), std::string::npos);
}

TEST_F(AfterPickup, a_supervisor_may_close_where_the_counts_differ) {
  take_all({"/handover SF K1", a_, b_});
  refuse("/close-manifest 1", "count_differs");
  refuse("/close-manifest many", "bad_command");
  take_all({"/sign-in 9001 2468", "/close-manifest 1"});
  EXPECT_EQ(first("manifest", "counted"), "1");
  EXPECT_EQ(confirmations().size(), 2U);
}

TEST_F(AfterPickup, a_parcel_that_came_back_is_taken_in_once) {
  refuse("/returned " + a_, "not_ready");
  hand_over({a_, b_});
  report(a_, "15:00", "快件到达 【杭州转运中心】");
  report(a_, "16:00", "快件已退回");
  EXPECT_EQ(watched(), 2);
  const Json answer = warn("/returned " + a_ + " nobody at home", "parcel_returned");
  EXPECT_EQ(answer["alert"]["params"]["order"], "SO-A");
  EXPECT_EQ(watched(), 1);
  const Json events = show("SO-A")["parcels"][0]["events"];
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0], (Json{{"kind", "returned"},
                             {"detail", "nobody at home"},
                             {"by", "1001"},
                             {"at", "2026-11-22T04:00:00Z"}}));
  const std::string told = run_program({"show", "SO-A", "--data", dir_.path()}).out;
  EXPECT_NE(told.find("returned 2026-11-22T04:00:00Z  nobody at home  by 1001\n"),
            std::string::npos)
      << told;
  refuse("/returned " + a_, "duplicate_scan");
  report(a_, "17:00", "快件已退回");
  EXPECT_EQ(watched(), 1) << "it is here already";
  EXPECT_EQ(verify(), "");
}

TEST_F(AfterPickup, the_label_of_a_box_that_comes_back_tells_its_history_and_takes_it_in) {
  refuse(a_, "order_already_packed");
  hand_over({a_, b_});
  const Json left = refuse(a_, "order_already_packed");
  EXPECT_EQ(left["alert"]["params"]["by"], "1001");
  EXPECT_EQ(left["alert"]["params"]["gone"], "11-22 12:00");
  EXPECT_EQ(watched(), 2) << "a label that lay about writes nothing off";
  report(a_, "16:00", "快件已退回");
  const Json back = warn(a_, "parcel_returned");
  EXPECT_EQ(back["alert"]["params"]["order"], "SO-A");
  EXPECT_EQ(back["alert"]["params"]["packed"], "11-22 12:00");
  EXPECT_EQ(watched(), 1);
  refuse(a_, "order_already_packed");
  EXPECT_EQ(records("kind = 'parcel_returned'"), 1);
  EXPECT_EQ(verify(), "");
}

TEST_F(AfterPickup, a_box_on_the_shelf_is_not_written_off_because_its_carrier_says_it_came_back) {
  report(a_, "13:00", "快件已退回，退回签收");
  EXPECT_EQ(watched(), 0);
  take("/sign-in 9001 2468");
  refuse("/settle " + a_ + " lost", "not_ready");
  hand_over({a_});
  EXPECT_EQ(watched(), 1);
  EXPECT_EQ(verify(), "");
}

TEST_F(AfterPickup, a_stopped_box_is_watched_until_somebody_saw_to_it) {
  import("stops.csv", "order,reason\nSO-A,refunded\n");
  view();
  EXPECT_EQ(watched(), 1);
  refuse("/settle " + a_ + " unpacked", "not_permitted");
  take("/sign-in 9001 2468");
  refuse("/settle " + a_, "bad_command");
  refuse("/settle " + b_ + " unpacked", "not_ready");
  take("/settle " + a_ + " unpacked");
  EXPECT_EQ(watched(), 0);
  refuse("/settle " + a_ + " unpacked", "not_ready");
  EXPECT_EQ(verify(), "");
}

}  // namespace
}  // namespace packbench::test
