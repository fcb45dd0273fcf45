// What goes into the box: items in every form they are scanned in, and what is missing or not
// right.
#include "domain/command_code.h"
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

using Packing = BenchTest;

const std::string pot = "6930000000011", cup = "6930000000028", sock = "6901234567892";

int packed(const Json& answer, std::size_t line = 0, std::size_t order = 0) {
  return answer["orders"][order]["lines"][line]["packed"];
}

TEST_F(Packing, one_order_over_two_parcels) {
  begin({order("SO-A", {{"MUG-01", 2}, {"BOOK", 1}})});
  take_all({"SO-A", mug});
  Json first = take("/next-parcel", "verifying_label");
  EXPECT_EQ(first["parcel"]["index"], 1);
  take("/check padding_fragile pass");
  const std::string one = first["waybill"]["number"];
  Json second = take(one, "packing");
  EXPECT_EQ(second["parcel"]["index"], 2);
  EXPECT_EQ(packed(second), 1) << "what is in the first box counts";
  refuse("/abandon", "not_ready");
  take(mug);
  second = take(book, "verifying_label");
  take("/check padding_fragile pass");
  const std::string two = second["waybill"]["number"];
  EXPECT_NE(one, two);
  refuse(one, "wrong_label");
  take(two, "awaiting_order");

  take_all({"/handover SF", one});
  EXPECT_EQ(view()["manifest"]["left"], Json::array({two}));
  take("/close-manifest");
  refuse("/confirm SO-A", "pickup_missing");
  take_all({"/handover SF", two, "/close-manifest", "/confirm SO-A"});
  const auto written = confirmations();
  ASSERT_EQ(written.size(), 2U);
  EXPECT_EQ(written[0]["lines"], (Json::array({{{"line", 1}, {"quantity", 1}}})));
  EXPECT_EQ(written[1]["lines"],
            (Json::array({{{"line", 1}, {"quantity", 1}}, {{"line", 2}, {"quantity", 1}}})));
  EXPECT_EQ(verify(), "");
}

TEST_F(Packing, a_next_parcel_needs_something_in_this_one_and_something_left) {
  begin({order("SO-A", {{"BOOK", 2}}), order("SO-TEA", {{"KIT-TEA", 1}, {"BOOK", 1}})});
  take("SO-A");
  refuse("/next-parcel", "not_ready");
  take_all({"/abandon", "SO-TEA", pot});
  refuse("/next-parcel", "not_ready");  // a set is not torn apart
}

TEST_F(Packing, a_closed_box_takes_no_part_of_a_set_along) {
  begin({order("SO-TEA", {{"KIT-TEA", 1}, {"BOOK", 1}})});
  take_all({"SO-TEA", book});
  take("/next-parcel", "verifying_label");
  take_all({"/void miscounted", pot});
  refuse("/print", "not_ready");
  EXPECT_EQ(view()["phase"], "packing");
  take("/undo", "packing");
  const std::string one = take("/next-parcel", "verifying_label")["waybill"]["number"];
  take_all({one, pot, cup, cup, cup});
  const std::string two = take(cup, "verifying_label")["waybill"]["number"];
  take_all({two, "/handover SF", one, "/close-manifest"});
  refuse("/confirm SO-TEA", "pickup_missing");
  EXPECT_EQ(verify(), "");
}

TEST_F(Packing, a_parcel_begun_in_vain_ends_the_work_with_the_rest_short) {
  begin({order("SO-A", {{"BOOK", 1}, {"TEE-L", 1}})});
  take_all({"SO-A", book});
  const std::string one = take("/next-parcel", "verifying_label")["waybill"]["number"];
  take(one, "packing");
  take("/short TEE-L 1 not_found", "awaiting_order");
  refuse("SO-A", "order_already_packed");
  take_all({"/handover SF", one, "/close-manifest", "/confirm SO-A"});
  EXPECT_EQ(verify(), "");
}

TEST_F(Packing, a_kit_is_complete_when_all_its_components_are_in) {
  begin({order("SO-TEA", {{"KIT-TEA", 1}})});
  take_all({"SO-TEA", cup, cup, pot, cup});
  refuse(pot, "over_scan");
  EXPECT_EQ(packed(view()), 0);
  EXPECT_EQ(packed(take(cup, "verifying_label")), 1);
}

TEST_F(Packing, a_multipack_and_a_quantity_count_for_many) {
  begin({order("SO-A", {{"SOCK", 13}}), order("SO-B", {{"TEE-L", 5}})});
  take_all({"SO-A", sock});
  EXPECT_EQ(packed(take("16901234567899")), 7);
  EXPECT_EQ(take("/quantity 2")["quantity"], 2);
  refuse("16901234567899", "over_scan");  // two packs are twelve
  EXPECT_EQ(view()["quantity"], 2) << "a refused scan does not use the quantity up";
  take("/quantity 1");
  const Json done = take("16901234567899", "verifying_label");
  EXPECT_EQ(packed(done), 13);
  take(done["waybill"]["number"], "awaiting_order");
  take_all({"SO-B", "/quantity 4"});
  EXPECT_EQ(packed(take(tee)), 4);
  EXPECT_EQ(packed(take(tee, "verifying_label")), 5) << "the quantity was for one scan";
}

TEST_F(Packing, a_upc_is_the_ean_with_a_leading_zero) {
  begin({order("SO-A", {{"TISSUE", 4}})});
  take_all({"SO-A", "036000291452", "0036000291452", "]E00036000291452"});
  take("00036000291452", "verifying_label");
}

TEST_F(Packing, element_strings_carry_lot_serial_expiry_and_count) {
  begin({order("SO-A", {{"PILL", 12}}), order("SO-B", {{"PILL", 1}})});
  take("SO-A");
  EXPECT_EQ(packed(take("]d20109506000134352"
                        "17261122"
                        "10LOT7\\x1d21SER-1")),
            1);
  EXPECT_EQ(packed(take("]C10109506000134352"
                        "17261100"
                        "10LOT8")),
            2)
      << "day 00 is the last of the month";
  EXPECT_EQ(packed(take("]C10209506000134352"
                        "374"
                        "\\x1d"
                        "10LOT9")),
            6);
  EXPECT_EQ(packed(take("]C1" + pill + "303")), 9);
  refuse("]C1" + pill + "17261121", "expired_item");
  refuse("]C1" + pill + "21SER-1", "duplicate_scan");
  refuse("]C1" + pill + "304", "over_scan");
  const Json done = take("]C1" + pill + "303", "verifying_label");
  take(done["waybill"]["number"], "awaiting_order");

  const Json items = show("SO-A")["parcels"][0]["items"];
  EXPECT_EQ(items[0]["lot"], "LOT7");
  EXPECT_EQ(items[0]["serial"], "SER-1");
  EXPECT_EQ(items[0]["expiry"], "2026-11-22");
  EXPECT_EQ(items[1]["expiry"], "2026-11-30");
  EXPECT_EQ(items[2]["pieces"], 4);
  take("SO-B");
  refuse("]C1" + pill + "21SER-1", "duplicate_scan");  // shipped in another parcel
  take("]C1" + pill + "21SER-2", "verifying_label");
}

TEST_F(Packing, a_serial_that_left_the_box_may_come_back) {
  begin({order("SO-A", {{"PILL", 2}})});
  const std::string one = "]C1" + pill + "21SER-1";
  take_all({"SO-A", one, "/undo", one, "/abandon", "SO-A", one});
}

TEST_F(Packing, goods_without_a_barcode_are_chosen_by_hand_and_marked_so) {
  begin({order("SO-A", {{"VASE", 1}, {"BOOK", 1}}),
         order("SO-N", {{"name:Blue pot", 1}, {"BOOK", 1}})});
  take_all({"SO-A", "/item VASE"});
  refuse("/item VASE", "over_scan");
  refuse("/item BOOK", "not_permitted");
  refuse("/item TEE-L", "wrong_item");
  refuse("/item NOTHING", "unknown_barcode");
  const Json done = take(book, "verifying_label");
  take(done["waybill"]["number"]);
  const Json items = show("SO-A")["parcels"][0]["items"];
  EXPECT_EQ(items[0]["sku"], "VASE");
  EXPECT_EQ(items[0]["manual"], true);
  EXPECT_EQ(items[0]["by"], "1001");
  EXPECT_EQ(items[1]["manual"], false);
  take_all({"SO-N", "/item name:Blue pot"});
  take("/sign-in 9001 2468");
  take("/item BOOK", "verifying_label");  // a supervisor may, for a barcode that cannot be read
}

TEST_F(Packing, what_is_short_goes_without) {
  begin({order("SO-A", {{"MUG-01", 3}, {"BOOK", 1}}), order("SO-B", {{"BOOK", 2}})});
  take_all({"SO-A", mug, book});
  refuse("/short MUG-01 3 not_found", "bad_command");
  refuse("/short MUG-01 1", "bad_command");
  refuse("/short TEE-L 1 not_found", "wrong_item");
  Json done = take("/short MUG-01 1 not_found", "packing");
  EXPECT_EQ(done["orders"][0]["lines"][0]["short"], 1);
  done = take("/short MUG-01 1 not_found", "verifying_label");
  take_all({"/check padding_fragile pass", done["waybill"]["number"]});
  const Json events = show("SO-A")["events"];
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0]["kind"], "short");
  EXPECT_EQ(events[0]["detail"], "not_found");
  // Nothing of it is there: the order is not packed and can be tried again.
  take_all({"SO-B", "/short BOOK 1 not_found"});
  take("/short BOOK 1 not_found", "awaiting_order");
  take("SO-B", "packing");
}

TEST_F(Packing, a_short_component_takes_its_whole_set_out) {
  begin({order("SO-TEA", {{"KIT-TEA", 2}})});
  take_all({"SO-TEA", pot, pot, cup, cup, cup, cup, cup});
  const Json done = take("/short CUP 3 broken", "verifying_label");
  EXPECT_EQ(packed(done), 1);
  EXPECT_EQ(done["orders"][0]["lines"][0]["short"], 1);
  take(done["waybill"]["number"], "awaiting_order");
  EXPECT_EQ(show("SO-TEA")["parcels"][0]["contents"],
            (Json::array({{{"order", "SO-TEA"}, {"line", 1}, {"quantity", 1}}})));
  EXPECT_EQ(verify(), "");
}

TEST_F(Packing, damaged_and_differing_pieces_leave_the_box) {
  begin({order("SO-A", {{"TEE-L", 2}, {"BOOK", 1}})});
  take_all({"SO-A", tee, tee});
  EXPECT_EQ(packed(take("/damaged TEE-L 1", "packing")), 1);
  EXPECT_EQ(packed(take("/differs TEE-L green, not blue", "packing")), 0);
  refuse("/damaged TEE-L 3", "bad_command");
  refuse("/differs MUG-01 text", "wrong_item");
  take_all({tee, tee});
  take(book, "verifying_label");
  const Json events = show("SO-A")["events"];
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0]["kind"], "damaged");
  EXPECT_EQ(events[1]["kind"], "differs");
  EXPECT_EQ(events[1]["detail"], "green, not blue");
}

TEST_F(Packing, undo_takes_the_last_piece_out) {
  begin({order("SO-A", {{"TEE-L", 3}})});
  take("SO-A");
  refuse("/undo", "not_ready");
  take_all({tee, "/quantity 2"});
  const Json done = take(tee, "verifying_label");
  refuse("/undo", "not_ready");  // the label is out
  take_all({"/void miscounted", "/undo"});
  EXPECT_EQ(packed(view()), 1);
  take(tee);
  take(tee, "verifying_label");
}

TEST_F(Packing, undo_takes_a_whole_scan_back_from_every_line_it_filled) {
  begin({order("SO-A", {{"TEE-L", 1}, {"TEE-L", 2}, {"BOOK", 1}})});
  take_all({"SO-A", "/quantity 3"});
  Json answer = take(tee, "packing");
  EXPECT_EQ(packed(answer, 0) + packed(answer, 1), 3);
  answer = take("/undo", "packing");
  EXPECT_EQ(packed(answer, 0) + packed(answer, 1), 0);
  refuse("/undo", "not_ready");
  take_all({tee, tee, tee});
  take(book, "verifying_label");
  const Json totals = report()["totals"];
  EXPECT_EQ(totals["items"], 4);
  EXPECT_EQ(verify(), "");
}

TEST_F(Packing, a_parked_order_comes_back_as_it_was) {
  begin({order("SO-A", {{"MUG-01", 2}, {"BOOK", 1}}), order("SO-B", {{"BOOK", 1}})});
  take_all({"SO-A", mug, "/check padding_fragile pass"});
  const Json before = view();
  EXPECT_EQ(take("/park", "awaiting_order")["parked"], Json::array({"SO-A"}));
  ship("SO-B", {book});
  reopen();
  refuse("/open SO-A SO-B", "not_ready");
  const Json back = take("SO-A", "packing");
  EXPECT_EQ(lasting(back), lasting(before));
  take(mug);
  take(take(book, "verifying_label")["waybill"]["number"], "awaiting_order");
}

TEST_F(Packing, an_abandoned_order_starts_over_and_its_number_is_gone) {
  begin({order("SO-A", {{"TEE-L", 1}, {"BOOK", 1}})});
  take_all({"SO-A", tee, book});
  EXPECT_EQ(take("/abandon wrong tote", "awaiting_order")["waybill"], nullptr);
  EXPECT_EQ(packed(take("SO-A", "packing")), 0);
  take(tee);
  const Json again = take(book, "verifying_label");
  EXPECT_EQ(again["waybill"]["number"], "SF1000000000002");
  refuse("SF1000000000001", "wrong_label");
  const Json told = show("SO-A");
  EXPECT_EQ(told["parcels"][0]["state"], "voided");
  EXPECT_EQ(told["parcels"][0]["items"][0]["state"], "abandoned");
}

TEST_F(Packing, the_material_used_answers_its_question) {
  begin({order("SO-A", {{"MUG-01", 1}}, {{"gift", true}})});
  take("SO-A");
  take(mug, "checks");
  refuse("MAT-NOTHING", "unknown_barcode");
  take("MAT-GIFT-BAG", "checks");
  take("MAT-BUBBLE-ROLL", "verifying_label");
  const Json checks = show("SO-A")["parcels"][0]["checks"];
  EXPECT_EQ(checks[0]["answer"], "pass");
  EXPECT_EQ(checks[0]["material"], "MAT-GIFT-BAG");
}

TEST_F(Packing, a_printed_command_does_what_its_line_does) {
  begin({order("SO-A", {{"TEE-L", 3}}), order("SO-G", {{"BOOK", 1}}, {{"gift", true}})});
  take_all({"SO-A", encode_command("/quantity 2").value()});
  EXPECT_EQ(packed(take(tee)), 2);
  EXPECT_EQ(packed(take(encode_command("/undo").value())), 0);
  take(encode_command("/abandon").value(), "awaiting_order");
  take_all({"SO-G", book});
  refuse(encode_command("/override * supervisor_decided").value(), "not_permitted");
  warn(encode_command("/check * fail").value(), "check_failed", "checks");
  take(encode_command("/check * pass").value(), "verifying_label");
}

}  // namespace
}  // namespace packbench::test
