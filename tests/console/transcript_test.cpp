// The conversation that the product's description shows, word for word.
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

struct Said {
  const char* line;
  bool accepted;
  const char* phase;
  const char* alert;
};

using Transcript = BenchTest;

TEST_F(Transcript, goes_as_it_is_written_down) {
  stock({order("SO-0001", {{"MUG-01", 2}, {"TEE-L", 1}}, {{"gift", true}})});
  open();
  const std::vector<Said> conversation{
      {"/sign-in 1001", true, "awaiting_order", ""},
      {"SO-0001", true, "packing", ""},
      {"9780201379624", false, "packing", "wrong_item"},
      {"4006381333931", true, "packing", ""},
      {"4006381333931", true, "packing", ""},
      {"5901234123457", true, "checks", ""},
      {"/check gift_wrap pass", true, "checks", ""},
      {"/check padding_fragile pass", true, "verifying_label", ""},
      {"SF1999999999999", false, "verifying_label", "wrong_label"},
      {"SF1000000000001", true, "awaiting_order", ""},
      {"/confirm SO-0001", false, "awaiting_order", "pickup_missing"},
      {"/handover SF K1", true, "handover", ""},
      {"SF1000000000001", true, "handover", ""},
      {"/close-manifest", true, "awaiting_order", ""},
      {"/confirm SO-0001", true, "awaiting_order", ""}};
  std::map<std::string, Json> answers;
  for (const Said& said : conversation) {
    const Json answer = say(said.line);
    EXPECT_EQ(answer.value("accepted", !said.accepted), said.accepted) << said.line << answer;
    EXPECT_EQ(answer.value("phase", ""), said.phase) << said.line << answer;
    EXPECT_EQ(alert_of(answer), said.alert) << said.line << answer;
    answers[said.line] = answer;
  }

  const Json& asked = answers["5901234123457"];
  ASSERT_EQ(asked["checks"].size(), 2U) << asked;
  EXPECT_EQ(asked["checks"][0]["id"], "gift_wrap");
  EXPECT_EQ(asked["checks"][1]["id"], "padding_fragile");
  EXPECT_EQ(asked["checks"][0]["blocks"], "print");
  EXPECT_EQ(asked["checks"][0]["answer"], nullptr);
  EXPECT_TRUE(asked["waybill"].is_null()) << "nothing is printed while a question is open";

  const Json& printed = answers["/check padding_fragile pass"];
  EXPECT_EQ(
      printed["waybill"],
      (Json{
          {"carrier", "SF"}, {"number", "SF1000000000001"}, {"attempt", 1}, {"state", "printed"}}));
  EXPECT_EQ(printed["parcel"]["state"], "labelled");
  EXPECT_TRUE(dir_.has("labels/SF1000000000001-1.zpl"));
  EXPECT_TRUE(dir_.has("labels/SF1000000000001-1.png"));

  const auto written = confirmations();
  ASSERT_EQ(written.size(), 1U);
  EXPECT_EQ(written[0]["order"], "SO-0001");
  EXPECT_EQ(written[0]["number"], "SF1000000000001");
  EXPECT_EQ(written[0]["lines"],
            (Json::array({{{"line", 1}, {"quantity", 2}}, {{"line", 2}, {"quantity", 1}}})));
  EXPECT_EQ(console_->quit(), 0);
  EXPECT_EQ(verify(), "");
}

// The shape of an answer is a contract: a script reads it.
TEST_F(Transcript, answers_have_every_field_of_the_contract) {
  begin({order("SO-0001", {{"MUG-01", 2}}, {{"gift", true}})});
  Json answer = take("SO-0001", "packing");
  for (const char* field : {"accepted", "phase", "lane", "alert", "operator", "orders", "checks",
                            "parcel", "waybill", "manifest", "deadlines"})
    EXPECT_TRUE(answer.contains(field)) << field;
  EXPECT_EQ(answer["lane"], "bench");
  EXPECT_EQ(answer["operator"]["badge"], "1001");
  const Json& shown = answer["orders"][0];
  EXPECT_EQ(shown["platform"], "taobao");
  EXPECT_EQ(shown["shop"], "demo");
  EXPECT_EQ(shown["number"], "SO-0001");
  EXPECT_EQ(shown["gift"], true);
  EXPECT_EQ(shown["held"], false);
  const Json& line = shown["lines"][0];
  EXPECT_EQ(line["sku"], "MUG-01");
  EXPECT_EQ(line["ordered"], 2);
  EXPECT_EQ(line["packed"], 0);
  EXPECT_EQ(line["short"], 0);
  EXPECT_EQ(answer["parcel"]["state"], "open");
  EXPECT_EQ(answer["parcel"]["index"], 1);
  EXPECT_EQ(answer["parcel"]["weight_g"], nullptr);
  EXPECT_EQ(answer["deadlines"]["ship_by"], "2026-11-24T00:00:00Z") << "48 h from the payment";

  answer = refuse("4006381333932", "unknown_barcode");
  EXPECT_FALSE(answer["alert"]["text"].get<std::string>().empty());
  EXPECT_FALSE(answer["alert"]["next"].get<std::string>().empty());
}

TEST_F(Transcript, a_frozen_clock_is_only_for_directories_made_with_it) {
  stock({});
  { ConsoleProcess machine_time({dir_.path(), "", {}, -1}); }
  const ProgramResult frozen =
      run_program({"console", "--json", "--data", dir_.path(), "--clock", noon}, "/view\n");
  EXPECT_EQ(frozen.exit_code, 1);
  EXPECT_EQ(frozen.out, "");
  EXPECT_NE(frozen.err.find("--clock"), std::string::npos) << frozen.err;
}

TEST_F(Transcript, a_second_program_in_the_directory_is_turned_away) {
  stock({});
  open();
  view();
  const ProgramResult second = run_program({"console", "--data", dir_.path()}, "/view\n");
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_NE(second.err.find("packbench: "), std::string::npos) << second.err;
  EXPECT_EQ(view()["phase"], "signed_out") << "the first one goes on";
}

}  // namespace
}  // namespace packbench::test
