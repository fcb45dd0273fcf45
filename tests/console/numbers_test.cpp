// Waybill numbers: retired for ever, given back to the carrier once, told of before they run out.
#include <algorithm>

#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

class Numbers : public BenchTest {
 protected:
  // Every message to a carrier, in the order of the records.
  std::vector<Json> returned() const {
    std::vector<Json> out;
    std::vector<std::string> files = dir_.list("carrier-outbox");
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
      return std::pair(a.size(), a) < std::pair(b.size(), b);
    });
    for (const std::string& file : files)
      out.push_back(Json::parse(dir_.read("carrier-outbox/" + file)));
    return out;
  }
  std::vector<std::string> notes(const Json& answer) const {
    std::vector<std::string> codes;
    for (const Json& note : answer.at("notes")) codes.push_back(note.at("code"));
    return codes;
  }
  using Codes = std::vector<std::string>;
};

TEST_F(Numbers, a_void_number_goes_back_to_its_carrier_once) {
  begin({order("SO-A", {{"TEE-L", 1}})});
  take_all({"SO-A", tee, "/void printed badly"});
  ASSERT_EQ(returned().size(), 1U);
  const Json told = returned()[0];
  EXPECT_EQ(told["kind"], "waybill_returned");
  EXPECT_EQ(told["waybill_returned"], "SF/" + first_number);
  EXPECT_EQ(told["carrier"], "SF");
  EXPECT_EQ(told["service"], "standard");
  EXPECT_EQ(told["number"], first_number);
  EXPECT_EQ(told["parcel"], record("genesis", "bench") + "-P1");
  EXPECT_EQ(told["reason"], "printed badly");
  EXPECT_EQ(told["returned_at"], "2026-11-22T04:00:00Z");
  EXPECT_EQ(record("waybill_return_sent", "file"), dir_.list("carrier-outbox")[0]);
  const auto files = dir_.list("carrier-outbox");
  reopen();
  take_all({"/print", second_number});
  const Json labels = show("SO-A")["parcels"][0]["labels"];
  EXPECT_EQ(labels[0]["given_back"], "sent");
  EXPECT_EQ(labels[1]["given_back"], "");
  EXPECT_EQ(dir_.list("carrier-outbox"), files);
  EXPECT_EQ(records("kind = 'waybill_return_sent'"), 1);
  EXPECT_TRUE(confirmations().empty()) << "the platform's outbox hears nothing of it";
  EXPECT_EQ(verify(), "");
}

TEST_F(Numbers, a_void_number_is_never_given_out_again) {
  begin(
      {order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"TEE-L", 1}}), order("SO-C", {{"BOOK", 1}})});
  take_all({"SO-A", tee, "/void torn", "/print", second_number});
  import("again.csv", "carrier,service,number\nSF,,sf 1000000000001\n");
  import("allocated.csv", "carrier,service,number,order\nSF,,SF1000000000001,SO-B\n");
  EXPECT_EQ(ship("SO-B", {tee}), "SF1000000000003") << "not even allocated to it";
  reopen();
  refuse(first_number, "stale_label");
  import("later.csv", "carrier,service,number,order\nSF,next_day,SF1000000000001,SO-C\n");
  EXPECT_EQ(ship("SO-C", {book}), "SF1000000000004");
  EXPECT_EQ(records("kind = 'waybill_assigned' AND payload LIKE '%" + first_number + "%'"), 1);
  EXPECT_EQ(verify(), "") << "rebuilt from the records, it is as retired as before";
}

TEST_F(Numbers, a_number_is_used_however_its_carrier_is_spelt) {
  begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"TEE-L", 1}})});
  EXPECT_EQ(ship("SO-A", {tee}), first_number);
  import("again.csv", "carrier,service,number,order\nSHUNFENG,,SF1000000000001,SO-B\n");
  take_all({"SO-B", tee});
  EXPECT_NE(view()["waybill"]["number"], first_number);
}

TEST_F(Numbers, an_abandoned_parcel_gives_its_number_back) {
  begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"BOOK", 1}})});
  take_all({"SO-A", tee, "/abandon buyer called"});
  ASSERT_EQ(returned().size(), 1U);
  EXPECT_EQ(returned()[0]["number"], first_number);
  EXPECT_EQ(returned()[0]["reason"], "abandoned");
  take_all({"SO-B", "/abandon"});
  EXPECT_EQ(returned().size(), 1U) << "it had no number yet";
}

TEST_F(Numbers, a_staged_parcel_that_is_refunded_gives_its_number_back) {
  begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"TEE-L", 1}})});
  EXPECT_EQ(ship("SO-A", {tee}), first_number);
  ship("SO-B", {tee});
  import("stops.csv", "order,reason\nSO-A,refunded\n");
  view();
  ASSERT_EQ(returned().size(), 1U);
  EXPECT_EQ(returned()[0]["number"], first_number);
  EXPECT_EQ(returned()[0]["reason"], "refunded");
  EXPECT_EQ(verify(), "");
}

TEST_F(Numbers, a_number_that_the_courier_took_stays_with_its_parcel) {
  begin({order("SO-A", {{"TEE-L", 1}})});
  const std::string number = ship("SO-A", {tee});
  take_all({"/handover SF", number});
  import("stops.csv", "order,reason\nSO-A,refunded\n");
  take("/close-manifest", "awaiting_order");
  EXPECT_TRUE(returned().empty());
}

// After a crash between file and record, or with a folder that cannot be written.
TEST_F(Numbers, a_message_that_could_not_be_written_is_written_later) {
  configure("carrier_outbox = \"not-a-folder\"\n");
  dir_.write("not-a-folder", "");
  begin({order("SO-A", {{"TEE-L", 1}})});
  take_all({"SO-A", tee});
  EXPECT_EQ(warn("/void torn", "storage_fault")["alert"]["text"],
            "The message to the carrier cannot be written");
  EXPECT_EQ(records("kind = 'waybill_return_sent'"), 0);
  configure("");
  reopen();
  view();
  ASSERT_EQ(returned().size(), 1U);
  EXPECT_EQ(returned()[0]["number"], first_number);
}

TEST_F(Numbers, one_folder_that_is_broken_holds_nothing_up_in_the_other) {
  configure("carrier_outbox = \"not-a-folder\"\n");
  dir_.write("not-a-folder", "");
  begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"TEE-L", 1}})});
  take_all({"SO-A", tee});
  warn("/void torn", "storage_fault");
  take_all({"/print", second_number, "/handover SF", second_number, "/close-manifest"});
  EXPECT_EQ(confirmations().size(), 1U) << "at once, and not ten seconds later";
}

// The shop has twenty numbers of SF.
TEST_F(Numbers, a_range_that_runs_out_is_told_of_once) {
  configure("[waybills]\nlow_water = 19\n");
  begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"TEE-L", 1}}),
         order("SO-C", {{"TEE-L", 1}}), order("SO-D", {{"TEE-L", 1}}),
         order("SO-E", {{"TEE-L", 1}})});
  take("SO-A");
  EXPECT_EQ(notes(take(tee)), Codes{}) << "nineteen are left";
  take_all({first_number, "SO-B"});
  const Json low = take(tee, "verifying_label");
  EXPECT_EQ(notes(low), Codes{"numbers_low"});
  EXPECT_EQ(low["notes"][0]["text"], "Waybill numbers left of SF standard: 18");
  EXPECT_EQ(notes(take(second_number)), Codes{"numbers_low"}) << "it stays with its parcel";
  EXPECT_EQ(notes(take("SO-C")), Codes{});
  EXPECT_EQ(notes(take(tee)), Codes{}) << "once is enough";
  take("SF1000000000003");
  import("more.csv",
         "carrier,service,number\nSF,standard,SF1000000000021\nSF,standard,SF1000000000022\n"
         "SF,standard,SF1000000000023\n");
  take("SO-D");
  EXPECT_EQ(notes(take(tee)), Codes{});
  EXPECT_EQ(records("kind = 'range_refilled'"), 1) << "nineteen again";
  take_all({"SF1000000000004", "SO-E"});
  EXPECT_EQ(notes(take(tee)), Codes{"numbers_low"}) << "and eighteen again";
  EXPECT_EQ(records("kind = 'range_low'"), 2);
}

TEST_F(Numbers, each_carrier_may_have_its_own_low_water) {
  configure("[waybills]\nlow_water = 0\n[waybills.low]\nYTO = 3\n");
  begin({order("SO-A", {{"TEE-L", 1}}),
         order("SO-B", {{"TEE-L", 1}}, {{"requested_carrier", "YTO"}})});
  take("SO-A");
  EXPECT_EQ(notes(take(tee)), Codes{}) << "0 never warns";
  take_all({first_number, "SO-B"});
  const Json low = take(tee);
  ASSERT_EQ(notes(low), Codes{"numbers_low"});
  EXPECT_EQ(low["notes"][0]["text"], "Waybill numbers left of YTO standard: 2");
}

TEST_F(Numbers, an_empty_range_is_an_alert) {
  configure("[waybills]\nlow_water = 1\n");
  begin({order("SO-A", {{"TEE-L", 1}}, {{"requested_carrier", "ZTO"}}),
         order("SO-B", {{"TEE-L", 1}}, {{"requested_carrier", "ZTO"}}),
         order("SO-C", {{"TEE-L", 1}}, {{"requested_carrier", "ZTO"}})});
  import("one.csv", "carrier,service,number\nZTO,,75300000000001\n");
  take("SO-A");
  EXPECT_EQ(notes(take(tee)), Codes{"numbers_low"});
  take_all({"75300000000001", "SO-B"});
  warn(tee, "no_waybill");
  refuse("/print", "no_waybill");
  import("old.csv",
         "carrier,service,number,expires_at\nZTO,,75300000000002,2026-11-22T11:00:00+08:00\n");
  refuse("/print", "waybill_expired");
  refuse("/print", "waybill_expired");
  import("next.csv", "carrier,service,number\nZTO,,75300000000003\n");
  EXPECT_EQ(take("/print", "verifying_label")["waybill"]["number"], "75300000000003");
  // The old one is renewed and comes to be used after all.
  take_all({"75300000000003", "SO-C"});
  warn(tee, "waybill_expired");
  import("new.csv",
         "carrier,service,number,expires_at\nZTO,,75300000000002,2026-11-24T11:00:00+08:00\n");
  EXPECT_EQ(take("/print", "verifying_label")["waybill"]["number"], "75300000000002");
  EXPECT_EQ(records("kind = 'range_refilled'"), 0) << "nothing is left behind it";
}

TEST_F(Numbers, an_unusual_chinese_number_is_worth_a_word_and_no_more) {
  begin({order("SO-A", {{"TEE-L", 1}})});
  import("odd.csv", "carrier,service,number,order\nSF,,SF-4711-0815,SO-A\n");
  take("SO-A");
  const Json labelled = take(tee, "verifying_label");
  EXPECT_EQ(labelled["waybill"]["number"], "SF-4711-0815");
  EXPECT_EQ(notes(labelled), Codes{"unusual_number"});
  take("SF-4711-0815", "awaiting_order");
}

TEST_F(Numbers, the_bar_code_of_a_usps_label_has_its_number_behind_the_routing) {
  begin({order("SO-A", {{"TEE-L", 1}}, {{"requested_carrier", "USPS"}})});
  import("usps.csv", "carrier,service,number\nUSPS,,9400 1112 0108 0805 4830 16\n");
  take_all({"SO-A", tee});
  refuse("]C142010282\\x1D9400111201080805483023", "wrong_label");
  take("]C142010282\\x1D9400111201080805483016", "awaiting_order");
  take_all({"/handover USPS", "]C142010282\\x1D9400111201080805483016"});
}

// It came in before its carrier's form was known here.
TEST_F(Numbers, a_number_that_cannot_be_its_carriers_is_not_given_out) {
  stock({order("SO-A", {{"TEE-L", 1}}, {{"requested_carrier", "FEDEX"}})});
  import("fedex.csv", "carrier,service,number\nFEDEX,,986578788855\n");
  ASSERT_EQ(DatabaseFile(dir_.path("catalog.db"), DatabaseFile::Access::write)
                .run("UPDATE waybill_offer SET number = '986578788856' WHERE carrier = 'FEDEX'"),
            "");
  open();
  take_all({"/sign-in 1001", "SO-A"});
  const Json answer = warn(tee, "waybill_malformed");
  EXPECT_EQ(answer["alert"]["text"],
            "The number cannot be FEDEX's: The check digit of the FedEx number is wrong");
  EXPECT_EQ(answer["waybill"], nullptr);
  import("right.csv", "carrier,service,number\nFEDEX,,477179081230\n");
  EXPECT_EQ(take("/print", "verifying_label")["waybill"]["number"], "477179081230");
}

TEST_F(Numbers, the_report_says_how_many_are_left_and_which_grow_old) {
  configure("[waybills]\nexpiry_warning_hours = 6\n[waybills.low]\nYTO = 3\n");
  begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"BOOK", 1}})});
  import("allocated.csv",
         "carrier,service,number,order,platform,shop,expires_at\n"
         "SF,,SF1000000000900,SO-A,taobao,demo,2026-11-22T17:00:00+08:00\n"
         "SF,,SF1000000000901,SO-B,taobao,demo,2026-11-22T17:30:00+08:00\n"
         "SF,,SF1000000000902,SO-B,taobao,demo,2026-11-22T18:30:00+08:00\n"
         "SF,,SF1000000000903,SO-B,taobao,demo,2026-11-22T11:30:00+08:00\n");
  import("range.csv", "carrier,service,number\nSF,next_day,SF1000000000800\n");
  EXPECT_EQ(ship("SO-A", {tee}), "SF1000000000900");
  const Json numbers = report()["numbers"];
  EXPECT_EQ(
      numbers["ranges"],
      Json::parse(R"([{"carrier":"SF","service":"next_day","left":1,"low_water":50,"low":true},
              {"carrier":"SF","service":"standard","left":20,"low_water":50,"low":true},
              {"carrier":"YTO","service":"standard","left":3,"low_water":3,"low":false}])"));
  EXPECT_EQ(numbers["expiring"]["count"], 1) << "of the others one is used, one later, one too old";
  EXPECT_EQ(numbers["expiring"]["soonest"][0]["number"], "SF1000000000901");
  EXPECT_EQ(numbers["expiring"]["soonest"][0]["order"]["number"], "SO-B");
}

}  // namespace
}  // namespace packbench::test
