// The dock: parcels scanned out beside the bench, and what may be confirmed to whom afterwards.
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

class Dock : public BenchTest {
 protected:
  // Two parcels of SF and one of YTO are staged.
  void stage_three() {
    begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"BOOK", 1}}),
           order("SO-Y", {{"BOOK", 1}}, {{"requested_carrier", "YTO"}}),
           order("SO-C", {{"TEE-L", 2}})});
    a_ = ship("SO-A", {tee});
    b_ = ship("SO-B", {book});
    y_ = ship("SO-Y", {book});
  }
  std::string a_, b_, y_;
};

TEST_F(Dock, a_handover_counts_what_goes_and_lists_what_stays) {
  stage_three();
  Json answer = take("/handover SF K1 Wang", "handover");
  EXPECT_EQ(answer["lane"], "dock");
  EXPECT_EQ(answer["manifest"]["carrier"], "SF");
  EXPECT_EQ(answer["manifest"]["courier"], "K1 Wang");
  EXPECT_EQ(answer["manifest"]["count"], 0);
  EXPECT_EQ(answer["manifest"]["left"], Json::array({a_, b_}));
  refuse("/handover YTO", "not_ready");
  refuse(y_, "wrong_carrier");
  refuse("SF9999999999999", "unknown_barcode");
  answer = take(b_, "handover");
  EXPECT_EQ(answer["manifest"]["count"], 1);
  EXPECT_EQ(answer["manifest"]["left"], Json::array({a_}));
  refuse(b_, "duplicate_scan");
  refuse("/confirm SO-B", "not_ready");
  take("/close-manifest", "awaiting_order");
  ASSERT_EQ(confirmations().size(), 1U);
  EXPECT_EQ(confirmations()[0]["order"], "SO-B");
  refuse("/confirm SO-A", "pickup_missing");

  take_all({"/handover SF", a_, "/close-manifest", "/handover YTO", y_, "/close-manifest"});
  EXPECT_EQ(confirmations().size(), 3U);
  const Json parcel = show("SO-A")["parcels"][0];
  EXPECT_EQ(parcel["state"], "confirmed");
  EXPECT_EQ(parcel["picked_up_by"], "1001");
  EXPECT_EQ(parcel["confirmations"][0]["state"], "sent");
  EXPECT_FALSE(parcel["times"]["picked_up"].is_null());
  EXPECT_EQ(verify(), "");
}

TEST_F(Dock, packing_goes_on_beside_it) {
  stage_three();
  take_all({"/handover SF", a_});
  Json answer = say("/lane bench");
  EXPECT_EQ(answer["lane"], "bench");
  EXPECT_EQ(answer["phase"], "awaiting_order");
  EXPECT_EQ(answer["manifest"]["count"], 1) << "it stays open";
  take("SO-C", "packing");
  EXPECT_EQ(say("/lane dock")["phase"], "handover");
  take(b_, "handover");
  say("/lane bench");
  take(tee, "packing");
  const std::string c = take(tee, "verifying_label")["waybill"]["number"];
  say("/lane dock");
  refuse(c, "not_ready");  // its label was not scanned at the bench
  say("/lane bench");
  take(c, "awaiting_order");
  say("/lane dock");
  take(c, "handover");
  EXPECT_EQ(take("/close-manifest", "awaiting_order")["manifest"], nullptr);
  EXPECT_EQ(confirmations().size(), 3U);
}

TEST_F(Dock, it_has_an_operator_of_its_own) {
  stage_three();
  take("/handover SF");
  Json answer = take("/sign-in 1002", "handover");
  EXPECT_EQ(answer["operator"]["badge"], "1002");
  take(a_, "handover");
  EXPECT_EQ(say("/lane bench")["operator"]["badge"], "1001");
  say("/lane dock");
  take("/close-manifest");
  EXPECT_EQ(view()["operator"]["badge"], "1001");
  EXPECT_EQ(show("SO-A")["parcels"][0]["picked_up_by"], "1002");
}

TEST_F(Dock, undo_takes_the_last_parcel_off_the_manifest) {
  stage_three();
  take("/handover SF");
  refuse("/undo", "not_ready");
  take_all({a_, b_});
  const Json answer = take("/undo", "handover");
  EXPECT_EQ(answer["manifest"]["count"], 1);
  EXPECT_EQ(answer["manifest"]["left"], Json::array({b_}));
  take_all({b_, "/undo", "/close-manifest"});
  EXPECT_EQ(confirmations().size(), 1U);
  EXPECT_EQ(show("SO-B")["parcels"][0]["state"], "staged");
  take_all({"/handover SF", b_, "/close-manifest"});
  EXPECT_EQ(verify(), "");
}

TEST_F(Dock, an_open_handover_outlives_the_program) {
  stage_three();
  take_all({"/handover SF K1", a_});
  const Json before = view();
  console_->kill();
  open();
  EXPECT_EQ(lasting(view()), lasting(before));
  EXPECT_EQ(view()["phase"], "handover");
  take_all({b_, "/close-manifest"});
  EXPECT_EQ(confirmations().size(), 2U);
}

TEST_F(Dock, a_manifest_without_parcels_releases_nothing) {
  stage_three();
  take_all({"/handover SF", "/close-manifest"});
  EXPECT_TRUE(confirmations().empty());
  take_all({"/handover ZTO", "/close-manifest"});
  EXPECT_TRUE(dir_.list("outbox").empty());
}

TEST_F(Dock, asking_to_confirm_again_changes_nothing) {
  stage_three();
  take_all({"/handover SF", a_, b_, "/close-manifest"});
  const auto files = dir_.list("outbox");
  const std::string text = dir_.read("outbox/" + files.at(0));
  const auto before = projections(dir_.path());
  for (int i = 0; i < 3; ++i) take("/confirm SO-A", "awaiting_order");
  EXPECT_EQ(projections(dir_.path()), before);
  EXPECT_EQ(dir_.list("outbox"), files);
  EXPECT_EQ(dir_.read("outbox/" + files.at(0)), text);
}

TEST_F(Dock, an_outbox_file_that_a_crash_took_is_written_again_the_same) {
  stage_three();
  take_all({"/handover SF", a_, b_, "/close-manifest"});
  ASSERT_EQ(dir_.list("outbox").size(), 1U);
  const Json line = confirmations().at(0);
  for (const char* field :
       {"confirmation", "platform", "shop", "order", "parcel", "carrier", "service", "number",
        "manifest", "picked_up_at", "released_at", "lines"})
    EXPECT_TRUE(line.contains(field)) << field;
  EXPECT_EQ(line["confirmation"], line["parcel"].get<std::string>() + "/taobao/demo/SO-A");
  EXPECT_EQ(line["picked_up_at"], "2026-11-22T04:00:00Z");
}

TEST_F(Dock, a_refund_asked_for_after_the_pickup_holds_the_confirmation) {
  stage_three();
  take_all({"/handover SF", a_, b_});
  import("stops.csv", "order,reason\nSO-A,refund_requested\n");
  take("/close-manifest", "awaiting_order");
  ASSERT_EQ(confirmations().size(), 1U);
  EXPECT_EQ(confirmations()[0]["order"], "SO-B");
  EXPECT_EQ(show("SO-A")["parcels"][0]["confirmations"][0]["state"], "held");
  EXPECT_EQ(show("SO-A")["parcels"][0]["state"], "picked_up");
  refuse("/confirm SO-A", "order_on_hold");
  refuse("/release SO-A", "not_permitted");
  take_all({"/sign-in 9001 2468", "/release SO-A", "/confirm SO-A"});
  ASSERT_EQ(confirmations().size(), 2U);
  EXPECT_EQ(verify(), "");
}

TEST_F(Dock, a_refund_after_the_pickup_is_never_confirmed_and_listed) {
  stage_three();
  take_all({"/handover SF", a_, b_});
  import("stops.csv", "order,reason\nSO-A,refunded\n");
  take("/close-manifest", "awaiting_order");
  ASSERT_EQ(confirmations().size(), 1U);
  EXPECT_EQ(confirmations()[0]["order"], "SO-B");
  take("/sign-in 9001 2468");
  refuse("/release SO-A", "order_cancelled");
  // The list for the carrier to intercept is made of these.
  EXPECT_EQ(record("order_stopped", "picked_up[0]"), show("SO-A")["parcels"][0]["id"]);
  EXPECT_EQ(confirmations().size(), 1U);
}

TEST_F(Dock, what_was_refunded_in_an_open_manifest_stays_here_when_it_is_taken_out) {
  stage_three();
  take_all({"/handover SF", b_, a_});
  import("stops.csv", "order,reason\nSO-A,refunded\n");
  const Json answer = warn("/undo", "order_cancelled");
  EXPECT_EQ(answer["manifest"]["count"], 1);
  EXPECT_EQ(answer["manifest"]["left"], Json::array());
  EXPECT_EQ(show("SO-A")["parcels"][0]["state"], "voided");
  EXPECT_EQ(record("waybill_returned", "number"), a_);
  refuse(a_, "order_cancelled");
  take("/close-manifest", "awaiting_order");
  EXPECT_EQ(confirmations().size(), 1U);
  EXPECT_EQ(verify(), "");
}

TEST_F(Dock, a_number_that_grew_old_does_not_leave) {
  begin({order("SO-A", {{"TEE-L", 1}}, {{"requested_carrier", "ZTO"}})});
  import("numbers.csv",
         "carrier,service,number,expires_at\nZTO,standard,ZT5000000000001,2026-11-22T14:00:00+08:"
         "00\n");
  const std::string number = ship("SO-A", {tee});
  take_all({"/handover ZTO", "/advance 3h"});
  refuse(number, "waybill_expired");
}

}  // namespace
}  // namespace packbench::test
