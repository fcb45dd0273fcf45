// The label protocol at the bench: one live label a parcel, whatever was printed, and the weight.
#include "domain/label_code.h"
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

class Labels : public BenchTest {
 protected:
  // The text of the small 2D code on this bench's label.
  std::string small_code(const std::string& waybill, int attempt) {
    return encode_label_code({record("genesis", "bench"), waybill, attempt});
  }
};

TEST_F(Labels, a_bench_without_a_scale_has_no_weight_to_skip) {
  configure("[weight]\nwithout_scale = \"skip\"\n");
  begin({order("SO-1", {{"TEE-L", 1}})});
  ship("SO-1", {tee});
  EXPECT_EQ(records("kind = 'check_overridden'"), 0);
}

TEST_F(Labels, of_two_prints_only_the_newest_is_live) {
  begin({order("SO-A", {{"TEE-L", 1}})});
  take_all({"SO-A", tee});
  const Json again = take("/reprint torn", "verifying_label");
  EXPECT_EQ(again["waybill"]["number"], first_number);
  EXPECT_EQ(again["waybill"]["attempt"], 2);
  EXPECT_TRUE(dir_.has("labels/" + first_number + "-2.zpl"));
  EXPECT_NE(dir_.read("labels/" + first_number + "-1.zpl"),
            dir_.read("labels/" + first_number + "-2.zpl"));
  refuse(first_number, "stale_label");  // the long bar code does not tell them apart
  refuse(small_code(first_number, 1), "stale_label");
  refuse(small_code(second_number, 2), "wrong_label");
  take(small_code(first_number, 2), "awaiting_order");
  const Json attempts = show("SO-A")["parcels"][0]["labels"];
  ASSERT_EQ(attempts.size(), 2U);
  EXPECT_EQ(attempts[1]["state"], "verified");
  EXPECT_EQ(attempts[1]["reason"], "torn");
  // At the dock too.
  take("/handover SF");
  refuse(small_code(first_number, 1), "stale_label");
  refuse(first_number, "stale_label");
  take(small_code(first_number, 2), "handover");
}

TEST_F(Labels, a_label_of_another_bench_is_not_this_one) {
  begin({order("SO-A", {{"TEE-L", 1}})});
  take_all({"SO-A", tee});
  refuse(encode_label_code({"B000", first_number, 1}), "wrong_label");
  take(small_code(first_number, 1), "awaiting_order");
}

TEST_F(Labels, a_third_label_needs_a_supervisor) {
  begin({order("SO-A", {{"TEE-L", 1}})});
  take_all({"SO-A", tee, "/reprint torn"});
  refuse("/reprint torn", "not_permitted");
  take("/sign-in 9001 2468");
  EXPECT_EQ(take("/reprint torn", "verifying_label")["waybill"]["attempt"], 3);
  take(small_code(first_number, 3), "awaiting_order");
}

TEST_F(Labels, a_void_label_takes_its_number_along) {
  begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"TEE-L", 1}})});
  take_all({"SO-A", tee});
  const Json voided = take("/void wrong_carrier");
  EXPECT_EQ(voided["waybill"], nullptr);
  refuse("/reprint torn", "not_ready");
  const Json again = take("/print", "verifying_label");
  EXPECT_EQ(again["waybill"]["number"], second_number);
  EXPECT_EQ(again["waybill"]["attempt"], 2) << "attempts of a parcel never repeat";
  refuse(first_number, "wrong_label");
  refuse(small_code(first_number, 1), "wrong_label");
  take(second_number, "awaiting_order");
  refuse(first_number, "stale_label");
  EXPECT_EQ(ship("SO-B", {tee}), "SF1000000000003");
  EXPECT_EQ(show("SO-A")["parcels"][0]["labels"][0]["state"], "void");
  take("/handover SF");
  refuse(first_number, "stale_label");
  take(second_number, "handover");
}

TEST_F(Labels, what_a_broken_printer_refused_is_printed_when_it_works) {
  configure("", "raw:device");
  begin({order("SO-A", {{"TEE-L", 1}})});
  take("SO-A");
  Json answer = warn(tee, "printer_fault", "printing");
  EXPECT_EQ(answer["waybill"]["state"], "allocated");
  EXPECT_EQ(answer["alert"]["params"]["reason"], "offline");
  warn("/print", "printer_fault");
  // Whoever answers a question that nobody asked, or scans what nobody knows, waits for the
  // printer.
  for (const char* line : {"/printed no", "/printed yes", "0000000000000"}) {
    answer = refuse(line, "printer_fault");
    EXPECT_EQ(answer["alert"]["params"]["reason"], "offline") << line;
    EXPECT_NE(answer["alert"]["next"].get<std::string>().find("Check power"), std::string::npos);
  }
  dir_.write("device", "");
  answer = take("/print", "verifying_label");
  EXPECT_EQ(answer["waybill"]["number"], first_number) << "the number was not used up";
  EXPECT_GT(dir_.read("device").size(), 1000U);
  take(first_number, "awaiting_order");  // one attempt on paper, so its bar code is enough
}

TEST_F(Labels, an_address_that_cannot_be_drawn_is_mended_from_outside) {
  Json strange = order("SO-A", {{"TEE-L", 1}});
  strange["receiver"]["address"] = "No. 1 \uE000 Road";
  begin({strange});
  take("SO-A");
  const Json answer = warn(tee, "label_unprintable", "printing");
  EXPECT_EQ(answer.dump().find("No. 1"), std::string::npos) << "no person's data in an alert";
  take("/abandon", "awaiting_order");
  import("mended.jsonl", json_lines({order("SO-A", {{ "TEE-L", 1 }})}));
  say("SO-A");
  EXPECT_EQ(view()["phase"], "packing");
  take(tee, "verifying_label");
}

TEST_F(Labels, a_supplied_label_is_printed_as_it_came) {
  // Any label of ours with that number on it will do as the carrier's.
  begin({order("SO-A", {{"TEE-L", 1}}), order("SO-S", {{"BOOK", 1}}),
         order("SO-BAD", {{"BOOK", 1}})});
  take_all({"SO-A", tee});
  dir_.write("from-carrier.zpl", dir_.read("labels/" + first_number + "-1.zpl"));
  take("/abandon");
  DataDirectory other;
  import("supplied.csv",
         "carrier,service,number,order,label_file\n"
         "SF,standard,SF9000000000009,SO-BAD,from-carrier.zpl\n"
         "YTO,standard," +
             first_number + ",SO-S,from-carrier.zpl\n");
  take("SO-S");
  const Json printed = take(book, "verifying_label");
  EXPECT_EQ(printed["waybill"]["number"], first_number);
  EXPECT_EQ(printed["waybill"]["carrier"], "YTO");
  EXPECT_EQ(dir_.read("labels/" + first_number + "-1-2.zpl"), dir_.read("from-carrier.zpl"));
  take(first_number, "awaiting_order");
  take("SO-BAD");
  warn(book, "label_unprintable");  // another number stands on it
}

using Weight = BenchTest;

TEST_F(Weight, before_print_the_scale_decides) {
  configure("[weight]\npolicy = \"before_print\"\n");
  begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"TEE-L", 1}})});
  take("SO-A");
  take(tee, "weighing");
  refuse("/print", "not_ready");
  warn("/weight 90", "weight_mismatch", "weighing");
  EXPECT_EQ(view()["parcel"]["weight_g"], 90);
  take("/weight 225", "verifying_label");
  take(first_number, "awaiting_order");
  EXPECT_EQ(show("SO-A")["parcels"][0]["weight_g"], 225);

  take_all({"SO-B", tee});
  warn("/weight 500", "weight_mismatch", "weighing");
  refuse("/override weight looked_into_it", "not_permitted");
  take("/sign-in 9001 2468");
  take("/override weight looked_into_it", "verifying_label");
  take(second_number, "awaiting_order");
}

TEST_F(Weight, at_the_label_scan_a_bench_with_a_scale_wants_one) {
  configure("[weight]\npolicy = \"at_label_scan\"\nscale = true\n");
  begin({order("SO-A", {{"TEE-L", 1}})});
  take_all({"SO-A", tee});
  refuse(first_number, "not_ready");
  warn("/weight 300", "weight_mismatch", "verifying_label");
  refuse(first_number, "weight_mismatch");
  take("/weight 200", "verifying_label");
  take(first_number, "awaiting_order");
}

TEST_F(Weight, nothing_is_compared_where_a_products_weight_is_unknown) {
  begin({order("SO-A", {{"SOCK", 1}})});
  take_all({"SO-A", "6901234567892", "/weight 5000"});
  take(first_number, "awaiting_order");
}

TEST_F(Weight, without_a_policy_nobody_asks) {
  configure("[weight]\npolicy = \"none\"\nscale = true\n");
  begin({order("SO-A", {{"TEE-L", 1}})});
  ship("SO-A", {tee});
}

}  // namespace
}  // namespace packbench::test
