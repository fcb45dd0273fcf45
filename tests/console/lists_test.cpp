// The lists from outside: what they are called, that looking at them changes nothing, and what the
// subcommand prints. What stands in them is day_test's matter.
#include <algorithm>

#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

class Lists : public BenchTest {
 protected:
  void SetUp() override {
    begin({order("SO-A", {{"TEE-L", 1}}, {{"paid", "100.00"}, {"currency", "CNY"}}),
           order("SO-B", {{"BOOK", 1}}, {{"paid", "8.00"}, {"currency", "CNY"}})});
    number_ = ship("SO-A", {tee});
  }
  ProgramResult run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "list");
    arguments.insert(arguments.end(), {"--data", dir_.path()});
    return run_program(arguments);
  }
  std::string number_;
};

TEST_F(Lists, looking_at_them_changes_nothing) {
  const auto before = records();
  const Json seen = view();
  EXPECT_EQ(say("/list waiting")["count"], 1);
  EXPECT_EQ(say("/list to-pack")["count"], 1);
  EXPECT_EQ(say("/list packing")["count"], 0);
  EXPECT_EQ(lasting(view()), lasting(seen));
  EXPECT_EQ(records(), before);
}

TEST_F(Lists, a_name_that_is_none_is_told_the_names_there_are) {
  for (const char* line : {"/list", "/list nothing", "/list to_pack"}) {
    const Json answer = say(line);
    EXPECT_EQ(answer["error"]["code"], "no_such_list") << line;
    EXPECT_NE(std::string(answer["error"]["text"]).find("to-pack, packing, waiting"),
              std::string::npos);
  }
  EXPECT_NE(run({"nothing"}).exit_code, 0);
}

TEST_F(Lists, a_row_names_everything_that_is_needed_to_act) {
  const Json row = say("/list waiting")["rows"][0];
  EXPECT_EQ(row["list"], "waiting");
  EXPECT_EQ(row["number"], number_);
  EXPECT_EQ(row["carrier"], "SF");
  EXPECT_EQ(row["orders"][0]["number"], "SO-A");
  EXPECT_EQ(row["age_s"], 0);
  EXPECT_EQ(row["ship_by"], "2026-11-24T00:00:00Z");
  EXPECT_EQ(row["clocks"]["ship"], "running");
  EXPECT_EQ(row["worst_clock"], "ship");
  EXPECT_EQ(row["money"], (Json{{"minor", 3'000}, {"currency", "CNY"}}));
  EXPECT_EQ(row["next"], "hand_over");
  const Json order = say("/list to-pack")["rows"][0];
  EXPECT_EQ(order["parcel"], nullptr);
  EXPECT_EQ(order["number"], nullptr);
  EXPECT_EQ(order["age_s"], 4 * 3600);  // paid at 8:00
  EXPECT_EQ(order["money"]["minor"], 500);
}

TEST_F(Lists, the_subcommand_prints_the_same_beside_the_bench) {
  const ProgramResult result = run({"waiting", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 1);
  EXPECT_EQ(Json::parse(result.out), say("/list waiting")["rows"][0]);
  EXPECT_EQ(run({"pending", "--json"}).out, "");
}

TEST_F(Lists, people_read_them_in_both_languages) {
  const std::string english = run({"waiting", "--lang", "en"}).out;
  for (const std::string& part : {std::string("Scan it out when the courier comes"), number_,
                                  std::string("SO-A"), std::string("30.00 CNY")})
    EXPECT_NE(english.find(part), std::string::npos) << english;
  EXPECT_NE(english.find("ship by 11-24 08:00"), std::string::npos) << "no visit is known";
  EXPECT_NE(run({"waiting", "--lang", "zh"}).out.find("快递来时扫出去"), std::string::npos);
  EXPECT_EQ(run({"lost", "--lang", "en"}).exit_code == 0, false);
  EXPECT_EQ(run({"pending", "--lang", "en"}).out, "none\n");
}

}  // namespace
}  // namespace packbench::test
