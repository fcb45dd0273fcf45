// The ways an order comes onto the bench.
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

using Opening = BenchTest;

Json of_buyer(const std::string& buyer, Json more = Json::object()) {
  more["buyer"] = buyer;
  return more;
}

std::string opened_number(const Json& answer) {
  return answer["orders"].empty() ? "" : answer["orders"][0]["number"];
}

TEST_F(Opening, two_orders_of_one_buyer_and_address_share_a_parcel) {
  begin({order("SO-A", {{"MUG-01", 1}}, of_buyer("b")),
         order("SO-B", {{"TEE-L", 2}}, of_buyer("b"))});
  const Json opened = take("/open SO-A SO-B", "packing");
  ASSERT_EQ(opened["orders"].size(), 2U);
  take_all({tee, mug});
  const Json printed = take(tee, "verifying_label");
  EXPECT_EQ(dir_.list("labels").size(), 2U) << "one label, as .zpl and .png";
  take("/check padding_fragile pass");
  take(printed["waybill"]["number"], "awaiting_order");
  refuse("SO-A", "order_already_packed");
  refuse("SO-B", "order_already_packed");
  take_all({"/handover SF", printed["waybill"]["number"], "/close-manifest"});

  const auto written = confirmations();
  ASSERT_EQ(written.size(), 2U) << "each order is confirmed on its own";
  EXPECT_EQ(written[0]["parcel"], written[1]["parcel"]);
  EXPECT_EQ(written[0]["number"], written[1]["number"]);
  EXPECT_EQ(written[0]["order"], "SO-A");
  EXPECT_EQ(written[0]["lines"], (Json::array({{{"line", 1}, {"quantity", 1}}})));
  EXPECT_EQ(written[1]["order"], "SO-B");
  EXPECT_EQ(written[1]["lines"], (Json::array({{{"line", 1}, {"quantity", 2}}})));
  take_all({"/confirm SO-A", "/confirm SO-B"});
}

TEST_F(Opening, orders_are_merged_only_where_it_is_one_box) {
  const Json elsewhere{{"receiver", {{"address", "Somewhere else 9"}}}};
  begin({order("SO-A", {{"MUG-01", 1}}, of_buyer("b")),
         order("SO-FAR", {{"TEE-L", 1}}, of_buyer("b", elsewhere)),
         order("SO-OTHER", {{"TEE-L", 1}}, of_buyer("c")),
         order("SO-M1", {{"TEE-L", 1}}, of_buyer("b", {{"merge_token", "t"}})),
         order("SO-M2", {{"BOOK", 1}},
               of_buyer("b", {{"merge_token", "t"}, {"receiver", {{"address", "X 1"}}}})),
         order("SO-M3", {{"BOOK", 1}}, of_buyer("b", {{"merge_token", "u"}})),
         order("SO-HELD", {{"BOOK", 1}}, of_buyer("b", {{"status", "refund_requested"}}))});
  refuse("/open SO-A SO-FAR", "bad_command");
  refuse("/open SO-A SO-OTHER", "bad_command");
  refuse("/open SO-M1 SO-M3", "bad_command");
  refuse("/open SO-A SO-HELD", "order_on_hold");
  take("/open SO-M1 SO-M2", "packing");
  refuse("/open SO-A", "not_ready");
}

TEST_F(Opening, a_refund_takes_only_its_own_order_out_of_the_box) {
  begin(
      {order("SO-A", {{"BOOK", 1}}, of_buyer("b")), order("SO-B", {{"TEE-L", 1}}, of_buyer("b"))});
  take_all({"/open SO-A SO-B", book});
  import("stops.csv", "order,reason\nSO-A,refunded\n");
  warn(tee, "order_cancelled", "checks");
  const Json printed = take("/check take_out pass", "verifying_label");
  EXPECT_EQ(printed["orders"][0]["stopped"], true);
  EXPECT_EQ(printed["orders"][0]["lines"][0]["packed"], 0);
  const std::string number = printed["waybill"]["number"];
  take_all({number, "/handover SF", number, "/close-manifest"});
  ASSERT_EQ(confirmations().size(), 1U);
  EXPECT_EQ(confirmations()[0]["order"], "SO-B");
}

TEST_F(Opening, a_tote_stands_for_its_order_and_a_full_key_for_one_of_several_shops) {
  stock({order("SO-A", {{"BOOK", 1}}), order("SO-TWICE", {{"BOOK", 1}}),
         order("SO-TWICE", {{"TEE-L", 1}}, {{"shop", "other"}})});
  import("aliases.csv", "code,order\nTOTE-7,SO-A\n");
  open();
  take("/sign-in 1001");
  EXPECT_EQ(opened_number(take("TOTE-7", "packing")), "SO-A");
  take("/abandon", "awaiting_order");
  const Json choices = refuse("SO-TWICE", "order_ambiguous");
  EXPECT_NE(choices["alert"]["params"]["choices"].get<std::string>().find("taobao/other/SO-TWICE"),
            std::string::npos);
  const Json opened = take("taobao/other/SO-TWICE", "packing");
  EXPECT_EQ(opened["orders"][0]["shop"], "other");
}

TEST_F(Opening, the_most_urgent_single_item_order_is_opened_by_its_item) {
  begin(
      {order("SO-LATER", {{"BOOK", 1}}, {{"paid_at", "2026-11-22T09:00:00+08:00"}}),
       order("SO-FIRST", {{"BOOK", 1}}, {{"paid_at", "2026-11-21T09:00:00+08:00"}}),
       order("SO-GIFT", {{"BOOK", 1}}, {{"paid_at", "2026-11-20T09:00:00+08:00"}, {"gift", true}}),
       order("SO-NOTE", {{"BOOK", 1}},
             {{"paid_at", "2026-11-20T09:00:00+08:00"}, {"buyer_note", "red"}}),
       order("SO-HELD", {{"BOOK", 1}},
             {{"paid_at", "2026-11-20T09:00:00+08:00"}, {"status", "pending"}}),
       order("SO-YTO", {{"BOOK", 1}},
             {{"paid_at", "2026-11-20T09:00:00+08:00"}, {"requested_carrier", "YTO"}}),
       order("SO-PROMISED", {{"BOOK", 1}}, {{"promised_ship_by", "2026-11-23T08:00:00+08:00"}})});
  // Two scans a parcel: the item prints, the label closes.
  for (const char* number : {"SO-PROMISED", "SO-FIRST", "SO-LATER"}) {
    const Json printed = take(book, "verifying_label");
    EXPECT_EQ(opened_number(printed), number);
    take(printed["waybill"]["number"], "awaiting_order");
  }
  refuse(book, "order_not_found");
  EXPECT_EQ(record("packing_started", "opened_by"), "item");
}

TEST_F(Opening, a_larger_order_is_opened_by_an_item_only_where_it_is_the_one_candidate) {
  begin({order("SO-A", {{"MUG-01", 2}, {"BOOK", 1}}), order("SO-B", {{"TEE-L", 2}}),
         order("SO-C", {{"TEE-L", 1}}), order("SO-D", {{"OIL", 1}, {"PILL", 1}}),
         order("SO-E", {{"OIL", 1}, {"CUP", 1}})});
  const Json opened = take(mug, "packing");
  EXPECT_EQ(opened_number(opened), "SO-A");
  EXPECT_EQ(opened["orders"][0]["lines"][0]["packed"], 1);
  take("/abandon", "awaiting_order");
  refuse("6930000000042", "order_ambiguous");
  take("SO-D", "packing");
  take("/park", "awaiting_order");
  EXPECT_EQ(opened_number(take("6930000000042", "packing")), "SO-E")
      << "a parked order is no candidate";
  take("/park", "awaiting_order");
  EXPECT_EQ(opened_number(take(tee, "verifying_label")), "SO-C") << "of one item before of several";
}

TEST_F(Opening, a_wave_narrows_what_an_item_may_open) {
  stock({order("SO-A", {{"BOOK", 1}, {"TEE-L", 1}}), order("SO-B", {{"BOOK", 1}, {"MUG-01", 1}}),
         order("SO-C", {{"MUG-01", 2}})});
  import("aliases.csv", "code,order\nWAVE-1,SO-B\nWAVE-1,SO-C\n");
  open();
  take("/sign-in 1001");
  refuse(book, "order_ambiguous");
  EXPECT_EQ(take("WAVE-1", "awaiting_order")["wave"], "WAVE-1");
  EXPECT_EQ(opened_number(take(book, "packing")), "SO-B");
}

TEST_F(Opening, the_component_of_a_kit_opens_the_kits_order) {
  begin({order("SO-TEA", {{"KIT-TEA", 1}})});
  const Json opened = take("6930000000011", "packing");
  EXPECT_EQ(opened_number(opened), "SO-TEA");
  EXPECT_EQ(opened["orders"][0]["lines"][0]["packed"], 0) << "the set is not complete";
}

TEST_F(Opening, a_preprinted_waybill_opens_its_order_and_nothing_is_printed) {
  stock({order("SO-A", {{"BOOK", 1}, {"TEE-L", 1}})});
  import("allocated.csv",
         "carrier,service,number,order,platform,shop\n"
         "SF,standard,SF4000000000001,SO-A,taobao,demo\n"
         "SF,standard,SF4000000000002,SO-A,taobao,demo\n");
  open();
  take("/sign-in 1001");
  take("SF4000000000002", "packing");
  take(book);
  const Json labelled = take(tee, "verifying_label");
  EXPECT_EQ(labelled["waybill"]["number"], "SF4000000000002") << "the label in the tote, no other";
  EXPECT_TRUE(dir_.list("labels").empty());
  refuse("/reprint torn", "not_ready");
  refuse("SF4000000000001", "wrong_label");
  take("SF4000000000002", "awaiting_order");
  refuse("SF4000000000002", "order_already_packed");
  EXPECT_EQ(show("SO-A")["parcels"][0]["number"], "SF4000000000002");
}

TEST_F(Opening, a_preprinted_label_of_an_abandoned_order_still_opens_it) {
  stock({order("SO-A", {{"BOOK", 2}})});
  import("allocated.csv", "carrier,service,number,order\nSF,standard,SF4000000000001,SO-A\n");
  open();
  take_all({"/sign-in 1001", "SF4000000000001", book, "/abandon", "SF4000000000001", book, book});
  take("SF4000000000001", "awaiting_order");
}

TEST_F(Opening, an_allocated_number_goes_to_its_order_with_route_and_carrier) {
  stock({order("SO-A", {{"BOOK", 1}}), order("SO-B", {{"TEE-L", 1}})});
  import(
      "allocated.csv",
      "carrier,service,number,order,platform,shop,route_code,consolidation,expires_at\n"
      "ZTO,standard,ZT4000000000000,SO-A,taobao,demo,021-A,SH,2026-11-22T11:59:00+08:00\n"
      "ZTO,standard,ZT4000000000001,SO-A,taobao,demo,021-A1-02,SH hub,2026-11-23T12:00:00+08:00\n");
  open();
  take("/sign-in 1001");
  take("SO-A");
  EXPECT_EQ(take(book, "verifying_label")["waybill"]["number"], "ZT4000000000001")
      << "the expired one is passed over";
  EXPECT_EQ(record("waybill_assigned", "offer.route_code"), "021-A1-02");
  take("ZT4000000000001", "awaiting_order");
  EXPECT_EQ(ship("SO-B", {tee}), "SF1000000000001") << "others come from the range";
}

TEST_F(Opening, a_reshipment_and_an_exchange_are_orders_of_their_own) {
  begin({order("SO-A", {{"BOOK", 1}}),
         order("SO-A-R", {{"BOOK", 1}}, {{"kind", "reship"}, {"of", "SO-A"}}),
         order("SO-A-X", {{"TEE-L", 1}}, {{"kind", "exchange"}, {"of", "SO-A"}}),
         order("SO-X", {{"TEE-L", 1}}, {{"kind", "exchange"}})});
  const std::string first = ship("SO-A", {book});
  const std::string second = ship("SO-A-R", {book});
  EXPECT_NE(first, second);
  ship("SO-A-X", {tee});
  EXPECT_EQ(show("SO-A-R")["kind"], "reship");
  EXPECT_EQ(show("SO-A-R")["of"], "SO-A");
  EXPECT_EQ(show("SO-A-X")["kind"], "exchange");
  refuse("SO-X", "order_on_hold");
}

}  // namespace
}  // namespace packbench::test
