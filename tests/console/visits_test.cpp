// The carriers' visits from outside: who should be asked to come once more and what that saves,
// where a carrier does not go, and seasons that grant more time.
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

constexpr const char* kEtsy =
    "[platform.etsy]\n"
    "currency = \"USD\"\ncompensation_min = \"1.00\"\ncompensation_max = \"50.00\"\n"
    "service_breach = \"0.00\"\n";

Json promised(const std::string& number, const char* paid, const Json& more = Json::object()) {
  Json fields{
      {"paid", paid}, {"currency", "CNY"}, {"promised_ship_by", "2026-11-23T08:00:00+08:00"}};
  fields.update(more);
  return order(number, {{"TEE-L", 1}}, fields);
}

std::string daily(const std::string& carrier, const std::string& time) {
  std::string text = "carrier,weekday,time\n";
  for (int day = 1; day <= 7; ++day)
    text += carrier + "," + std::to_string(day) + "," + time + "\n";
  return text;
}

// SF comes daily at 18:00; the orders are promised for the next morning, so that today's visit is
// the last one in time.
class Visits : public BenchTest {
 protected:
  void SetUp() override {
    configure(kEtsy);
    stock({promised("SO-A", "100.00"), promised("SO-B", "8.00"),
           promised("SO-C", "40.00", {{"platform", "etsy"}, {"currency", "USD"}}),
           promised("SO-D", "50.00", {{"promised_ship_by", "2026-11-24T08:00:00+08:00"}})});
    import("visits.csv", daily("SF", "18:00"));
    open();
    take("/sign-in 1001", "awaiting_order");
  }
  Json pickups() { return say("/list pickups")["rows"]; }
  // The words of the notes about extra pickups.
  std::vector<std::string> notes() {
    std::vector<std::string> found;
    const Json seen = view();
    for (const Json& note : seen["notes"]) {
      if (note["code"] == "extra_pickup") found.push_back(note["text"]);
    }
    return found;
  }
};

TEST_F(Visits, a_courier_who_does_not_come_is_to_be_called) {
  for (const char* order : {"SO-A", "SO-B", "SO-C", "SO-D"}) ship(order, {tee});
  EXPECT_TRUE(pickups().empty());
  take("/advance 390m");  // 18:30: the courier may be late
  EXPECT_TRUE(pickups().empty());
  EXPECT_TRUE(notes().empty());
  take("/advance 1m");
  const auto before = records();
  const Json rows = pickups();
  ASSERT_EQ(rows.size(), 1U);
  const Json& sf = rows[0];
  EXPECT_EQ(sf["carrier"], "SF");
  EXPECT_EQ(sf["parcels"], 4);
  EXPECT_EQ(sf["at_risk"], 3) << "tomorrow's visit is in time for SO-D";
  EXPECT_EQ(sf["late"], 0);
  EXPECT_EQ(sf["ship_by"], "2026-11-23T00:00:00Z");
  EXPECT_EQ(sf["missed_visit"], "2026-11-22T10:00:00Z");
  EXPECT_EQ(sf["next_visit"], "2026-11-23T10:00:00Z");
  EXPECT_EQ(sf["saves"], (Json{{{"minor", 3'500}, {"currency", "CNY"}},
                               {{"minor", 1'200}, {"currency", "USD"}}}));
  EXPECT_EQ(sf["waiting"].size(), 4U);
  EXPECT_EQ(sf["waiting"][3]["orders"][0]["number"], "SO-D");
  EXPECT_EQ(sf["waiting"][3]["need"], "missed");
  EXPECT_EQ(sf["next"], "call_pickup");
  EXPECT_EQ(notes(),
            (std::vector<std::string>{"SF: 3 parcels would be late (first due 11-23 08:00), "
                                      "CNY 35.00 + USD 12.00 at risk"}));
  EXPECT_EQ(records(), before) << "looking changes nothing";
  // A program beside the bench stands where its newest record does.
  refuse("/confirm SO-A", "pickup_missing");
  const Json told = report()["extra_pickups"];
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0]["saves"][1], (Json{{"amount", "12.00"}, {"currency", "USD"}}));
  EXPECT_EQ(told[0]["waybills"].size(), 4U);
}

TEST_F(Visits, the_last_visit_is_the_deadline_that_is_told) {
  const auto text = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--data", dir_.path()});
    return run_program(arguments).out;
  };
  const auto has = [](const std::string& all, const std::string& part) {
    EXPECT_NE(all.find(part), std::string::npos) << all;
  };
  const Json due{{"ship_by", "2026-11-23T00:00:00Z"},
                 {"last_visit", "2026-11-22T10:00:00Z"},
                 {"carrier", "SF"}};
  EXPECT_EQ(show("SO-A")["deadlines"], due) << "nobody has begun with it";
  const std::string d = ship("SO-D", {tee});
  const std::string a = ship("SO-A", {tee});
  EXPECT_EQ(show("SO-A")["deadlines"], due);
  has(text({"show", "SO-A"}), "pickup by 11-22 18:00  SF");
  has(text({"list", "waiting", "--lang", "en"}), "pickup by 11-22 18:00, ship running");
  has(text({"list", "waiting", "--lang", "zh"}), "揽收 11-22 18:00 前，发货 在走");
  has(text({"list", "to-pack", "--lang", "en"}), "pickup by 11-22 18:00");
  const Json dock = take("/handover SF K1", "handover");
  EXPECT_EQ(dock["manifest"]["left"], (Json{a, d})) << "the nearest visit first";
}

TEST_F(Visits, calling_is_no_way_round_the_gate) {
  const std::string number = ship("SO-A", {tee});
  take("/advance 7h");
  EXPECT_EQ(pickups().size(), 1U);
  refuse("/confirm SO-A", "pickup_missing");
  take("/handover SF K1", "handover");
  EXPECT_TRUE(pickups().empty()) << "the courier is here";
  EXPECT_TRUE(notes().empty());
  take(number);
  take("/close-manifest 1", "awaiting_order");
  EXPECT_TRUE(pickups().empty());
  EXPECT_EQ(confirmations().size(), 1U);
}

TEST_F(Visits, what_the_courier_left_behind_needs_another_visit_at_once) {
  ship("SO-A", {tee});
  ship("SO-D", {tee});
  take("/advance 6h");
  take("/handover SF K1", "handover");
  take("/close-manifest 0", "awaiting_order");
  const Json rows = pickups();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["parcels"], 1) << "SO-D goes tomorrow";
  EXPECT_EQ(rows[0]["missed_visit"], nullptr);
  EXPECT_EQ(rows[0]["saves"][0]["minor"], 3'000);
  take("/advance 841m");
  EXPECT_EQ(notes(), std::vector<std::string>{"SF: 1 parcel late and not collected"});
  EXPECT_TRUE(pickups()[0]["saves"].empty());
}

TEST_F(Visits, a_missed_visit_is_told_of_although_the_next_is_in_time) {
  ship("SO-D", {tee});
  take("/advance 7h");
  EXPECT_EQ(notes(), std::vector<std::string>{"SF did not come at 18:00, 1 parcel left waiting"});
}

TEST_F(Visits, the_subcommand_prints_the_same_in_both_languages) {
  const std::string number = ship("SO-A", {tee});
  take("/advance 7h");
  refuse("/confirm SO-A", "pickup_missing");
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"list", "pickups", "--data", dir_.path()});
    const ProgramResult result = run_program(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  };
  EXPECT_EQ(Json::parse(run({"--json"})), pickups()[0]);
  const std::string english = run({"--lang", "en"});
  for (const std::string& part :
       {std::string("Call an extra pickup"), std::string("30.00 CNY"), "SF: " + number})
    EXPECT_NE(english.find(part), std::string::npos) << english;
  EXPECT_NE(run({"--lang", "zh"}).find("叫快递加揽一次"), std::string::npos);
}

// A storm over Zhejiang, where all orders of the shop but one go.
class StopRegions : public BenchTest {
 protected:
  void begin_with(const std::string& policy) {
    configure("[visits]\nstop_regions = \"" + policy + "\"\n");
    stock({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"TEE-L", 1}}),
           order("SO-FAR", {{"BOOK", 1}}, {{"receiver", {{"province", "江苏省"}}}}),
           order("SO-YTO", {{"BOOK", 1}}, {{"requested_carrier", "YTO"}})});
    open();
    take("/sign-in 1001", "awaiting_order");
  }
  void stop(const std::string& rows) {
    import("regions.csv", "carrier,region,from,to,reason\n" + rows);
  }
  std::vector<std::string> affected() {
    std::vector<std::string> found;
    const Json list = say("/list affected");
    for (const Json& row : list["rows"]) found.push_back(row["order"]["number"]);
    return found;
  }
};

TEST_F(StopRegions, an_order_to_where_its_carrier_does_not_go_is_told_of) {
  begin_with("warn");
  EXPECT_TRUE(affected().empty());
  take("SO-A", "packing");
  take("/abandon later", "awaiting_order");
  stop("SF,浙江,2026-11-22,2026-11-23,storm\n");
  const Json answer = warn("SO-A", "region_stopped", "packing");
  EXPECT_EQ(answer["alert"]["text"], "SF does not go to 浙江 (storm) until 2026-11-24 00:00");
  take("/abandon later", "awaiting_order");
  EXPECT_EQ(affected(), (std::vector<std::string>{"SO-A", "SO-B"}));
  warn("SO-A", "region_stopped", "packing");
  take("/park");
  EXPECT_EQ(affected(), (std::vector<std::string>{"SO-B", "SO-A"})) << "begun, and still here";
  take("SO-A", "packing");
  take("/abandon later", "awaiting_order");
  take_all({"SO-YTO", "/park", "SO-FAR", "/park"});
  // The last moment of the storm, and the first after it.
  take("/advance 2159m");
  warn("SO-B", "region_stopped", "packing");
  take("/abandon later", "awaiting_order");
  take("/advance 1m");
  take("SO-B", "packing");
  EXPECT_TRUE(affected().empty());
}

TEST_F(StopRegions, a_box_on_the_shelf_is_affected_until_it_has_left) {
  begin_with("warn");
  const std::string number = ship("SO-A", {tee});
  ship("SO-FAR", {book});
  stop("SF,浙江,2026-11-22,2026-11-23,storm\n");
  const Json rows = say("/list affected")["rows"];
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["order"]["number"], "SO-B");
  EXPECT_EQ(rows[0]["parcel"], nullptr);
  EXPECT_EQ(rows[0]["number"], nullptr);
  EXPECT_EQ(rows[1]["order"]["number"], "SO-A");
  EXPECT_EQ(rows[1]["number"], number);
  EXPECT_EQ(rows[1]["stop_region"]["reason"], "storm");
  const ProgramResult text =
      run_program({"list", "affected", "--lang", "en", "--data", dir_.path()});
  EXPECT_NE(text.out.find(number), std::string::npos) << text.out;
  take("/handover SF K1", "handover");
  take(number);
  take("/close-manifest");
  EXPECT_EQ(affected(), (std::vector<std::string>{"SO-B"}));
}

TEST_F(StopRegions, what_is_kept_back_needs_a_supervisor) {
  begin_with("hold");
  stop("SF,浙江省,2026-11-22,2026-11-23,storm\n");
  EXPECT_EQ(refuse("SO-A", "region_stopped")["alert"]["next"],
            "Put it on the hold shelf; a supervisor can release it");
  refuse(tee, "order_not_found");
  refuse("/release SO-A", "not_permitted");
  take("/sign-in 9001 2468");
  take("/release SO-A");
  take("/sign-in 1001");
  warn("SO-A", "region_stopped", "packing");
  take("/abandon later", "awaiting_order");
  refuse("SO-B", "region_stopped");
  take("SO-FAR", "packing");
}

TEST_F(StopRegions, a_part_of_a_region_is_never_a_hold) {
  begin_with("hold");
  stop("SF,浙江省/杭州市,2026-11-22,2026-11-23,\n");
  EXPECT_EQ(warn("SO-A", "region_stopped", "packing")["alert"]["next"],
            "Look at the label: if the address is there, ask a supervisor");
  const Json rows = say("/list affected")["rows"];
  ASSERT_EQ(rows.size(), 2U);
  for (const Json& row : rows) EXPECT_EQ(row["stop_region"]["sure"], false);
}

TEST_F(StopRegions, the_subcommand_prints_the_same_in_both_languages) {
  begin_with("warn");
  stop("SF,*,2026-11-22,2026-11-23,festival\n");
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"list", "affected", "--data", dir_.path()});
    const ProgramResult result = run_program(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  };
  const Json rows = say("/list affected")["rows"];
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(Json::parse(run({"--json"}).substr(0, run({"--json"}).find('\n'))), rows[0]);
  EXPECT_NE(run({"--lang", "en"}).find("* (festival) until 11-24 00:00"), std::string::npos);
  EXPECT_NE(run({"--lang", "zh"}).find("到 11-24 00:00"), std::string::npos);
}

// A storm over Zhejiang on Nov 23: what is paid on the 22nd and promised for the 24th gets a day
// more.
class Season : public BenchTest {
 protected:
  void tell_of_the_storm() {
    configure(
        "[[season]]\nname = \"storm\"\nfrom = \"2026-11-23\"\nto = \"2026-11-23\"\n"
        "extra_hours = 24\nregions = [\"浙江\"]\n");
  }
  void SetUp() override {
    if (told_at_once_) tell_of_the_storm();
    stock({order("SO-A", {{"TEE-L", 1}}),
           order("SO-FAR", {{"TEE-L", 1}}, {{"receiver", {{"province", "江苏省"}}}}),
           order("SO-OWN", {{"TEE-L", 1}}, {{"promised_ship_by", "2026-11-24T09:00:00+08:00"}})});
    import("visits.csv", daily("SF", "18:00"));
    open();
    take("/sign-in 1001", "awaiting_order");
  }
  bool told_at_once_ = true;
};

class LateSeason : public Season {
 protected:
  LateSeason() { told_at_once_ = false; }
};

TEST_F(LateSeason, what_was_packed_before_goes_by_the_moved_promise_too) {
  ship("SO-A", {tee});
  ship("SO-FAR", {tee});
  EXPECT_EQ(say("/list waiting")["rows"][0]["ship_by"], "2026-11-24T00:00:00Z");
  tell_of_the_storm();
  reopen();
  const Json rows = say("/list waiting")["rows"];
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["orders"][0]["number"], "SO-FAR");
  EXPECT_EQ(rows[0]["ship_by"], "2026-11-24T00:00:00Z");
  EXPECT_EQ(rows[1]["ship_by"], "2026-11-25T00:00:00Z");
  EXPECT_EQ(rows[1]["last_visit"], "2026-11-24T10:00:00Z");
  EXPECT_EQ(show("SO-A")["deadlines"]["last_visit"], "2026-11-24T10:00:00Z");
  EXPECT_EQ(show("SO-FAR")["deadlines"]["last_visit"], "2026-11-23T10:00:00Z");
  take("/advance 31h");  // 11-23 19:00, and nobody came at 18:00
  const Json pickups = say("/list pickups")["rows"];
  ASSERT_EQ(pickups.size(), 1U);
  EXPECT_EQ(pickups[0]["at_risk"], 1) << "tomorrow's visit is in time for what was moved";
  EXPECT_EQ(report()["waiting_for_pickup"][0]["ship_by"], "2026-11-25T08:00:00+08:00");
  const Json affected = say("/list affected")["rows"];
  ASSERT_EQ(affected.size(), 1U);
  EXPECT_EQ(affected[0]["order"]["number"], "SO-A");
  EXPECT_EQ(affected[0]["ship_by"], "2026-11-25T00:00:00Z");
  EXPECT_EQ(affected[0]["season"]["ship_by_before"], "2026-11-24T00:00:00Z");
}

TEST_F(Season, the_promise_from_payment_is_moved_everywhere) {
  std::vector<std::string> order_of_work;
  const Json to_pack = say("/list to-pack")["rows"];
  for (const Json& row : to_pack) order_of_work.push_back(row["orders"][0]["number"]);
  EXPECT_EQ(order_of_work, (std::vector<std::string>{"SO-FAR", "SO-OWN", "SO-A"}));
  EXPECT_EQ(to_pack[2]["ship_by"], "2026-11-25T00:00:00Z");
  const Json opened = take("SO-A", "packing");
  EXPECT_EQ(opened["deadlines"]["ship_by"], "2026-11-25T00:00:00Z");
  EXPECT_EQ(opened["deadlines"]["last_visit"], "2026-11-24T10:00:00Z");
  const std::string number = take(tee, "verifying_label")["waybill"]["number"];
  take(number, "awaiting_order");
  take("/advance 44h");  // 11-24 08:00: what it had been promised for
  const Json row = say("/list waiting")["rows"][0];
  EXPECT_EQ(row["ship_by"], "2026-11-25T00:00:00Z");
  EXPECT_EQ(row["clocks"]["ship"], "running");
  const Json affected = say("/list affected")["rows"];
  ASSERT_EQ(affected.size(), 1U) << "it was opened with the promise that the storm had moved";
  EXPECT_EQ(affected[0]["number"], number);
  EXPECT_EQ(affected[0]["season"]["name"], "storm");
}

TEST_F(Season, the_orders_that_it_moved_are_listed_with_both_dates) {
  const Json rows = say("/list affected")["rows"];
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["order"]["number"], "SO-A");
  EXPECT_EQ(rows[0]["ship_by"], "2026-11-25T00:00:00Z");
  EXPECT_EQ(rows[0]["last_visit"], "2026-11-24T10:00:00Z");
  EXPECT_EQ(rows[0]["season"],
            (Json{{"name", "storm"}, {"ship_by_before", "2026-11-24T00:00:00Z"}}));
  EXPECT_EQ(rows[0]["stop_region"], nullptr);
  const ProgramResult text =
      run_program({"list", "affected", "--lang", "en", "--data", dir_.path()});
  EXPECT_NE(text.out.find("storm: 11-24 08:00 -> 11-25 08:00"), std::string::npos) << text.out;
}

}  // namespace
}  // namespace packbench::test
