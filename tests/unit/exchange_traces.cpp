// Trace files, by the names that tracking services give their fields.
#include <gtest/gtest.h>

#include "exchange/import.h"
#include "exchange/trace_answer.h"

namespace packbench::exchange {
namespace {

ImportOutcome imported(const std::string& text) {
  ImportOptions options;
  options.time_zone = "Asia/Shanghai";
  options.traces = TraceRules(
      {{TraceState::picked_up, {"已揽收"}, {"got"}}, {TraceState::hub, {"到达【*中心*】"}, {}}});
  auto outcome = import_text(text, options);
  EXPECT_TRUE(outcome.ok()) << outcome.error().text;
  return outcome ? std::move(outcome).value() : ImportOutcome();
}

const Instant kNoon{1'795'320'000'000'000};  // 2026-11-22T12:00:00+08:00

void expect_two(const std::string& text, const std::string& carrier = "SF") {
  const ImportOutcome outcome = imported(text);
  EXPECT_EQ(outcome.kind, "traces") << text;
  EXPECT_TRUE(outcome.rejects.empty()) << text << outcome.rejects.front().reason;
  const Trace first{carrier, "SF1000000000001",    kNoon, "【杭州】 已揽收",
                    "",      TraceState::picked_up};
  ASSERT_EQ(outcome.batch.traces.size(), 2U) << text;
  EXPECT_EQ(outcome.batch.traces[0], first) << text;
  EXPECT_EQ(outcome.batch.traces[1].state, TraceState::hub) << text;
}

TEST(TraceFiles, OfEachServiceSayTheSame) {
  expect_two(
      R"({"carrier":"SF","number":"sf1000000000001","events":[{"time":"2026-11-22T12:00:00+08:00",)"
      R"("text":"【杭州】 已揽收","status":""},{"time":"2026-11-22 18:00:00","text":"到达【浦东中心】"}]})");
  expect_two(
      R"({"com":"SF","nu":"SF1000000000001","data":[{"ftime":"2026-11-22 12:00:00",)"
      R"("context":"【杭州】 已揽收"},{"time":"2026-11-22 18:00:00","context":"到达【浦东中心】"}]})");
  expect_two(R"([{"ShipperCode":"SF","LogisticCode":"SF1000000000001","Traces":[{"AcceptTime":)"
             "\n"
             R"("2026-11-22 12:00:00","AcceptStation":"【杭州】 已揽收"},{"AcceptTime":)"
             R"("2026-11-22 18:00:00","AcceptStation":"到达【浦东中心】"}]}])");
  expect_two(
      R"({"lastResult":{"com":"SF","nu":"SF1000000000001","data":[{"time":"2026-11-22 12:00:00",)"
      R"("context":"【杭州】 已揽收"},{"time":"2026-11-22 18:00:00","context":"到达【浦东中心】"}]}})");
  expect_two(
      R"({"mailNo":"SF1000000000001","traces":[{"time":1795320000000,"desc":"【杭州】 已揽收"}]})"
      "\n"
      R"({"mailNo":"SF1000000000001","traces":[{"time":1795341600,"desc":"到达【浦东中心】"}]})",
      "");
  expect_two(
      "carrier,number,time,text\nSF,SF1000000000001,2026-11-22 12:00:00,【杭州】 已揽收\n"
      "SF,SF1000000000001,2026-11-22 18:00:00,到达【浦东中心】\n");
}

TEST(TraceFiles, KeepWhatNoRuleKnowsAndNoTelephones) {
  const ImportOutcome outcome = imported(
      "number,time,text,status\nSF1000000000001,2026-11-22,快递员李 13812345678 在路上 12:30,\n"
      "SF1000000000001,2026-11-23,,GOT\n");
  ASSERT_EQ(outcome.batch.traces.size(), 2U);
  EXPECT_EQ(outcome.batch.traces[0].state, TraceState::unknown);
  EXPECT_EQ(outcome.batch.traces[0].text, "快递员李 *** 在路上 12:30");
  EXPECT_EQ(outcome.batch.traces[1].state, TraceState::picked_up);
  ImportTotals totals;
  totals.add(outcome);
  EXPECT_NE(totals.other_text().find("2 traces (1 of unknown meaning)"), std::string::npos)
      << totals.other_text();
}

TEST(TraceFiles, NameEachRowThatSaysNothing) {
  const ImportOutcome outcome = imported(
      "number,time,text\nSF1000000000001,yesterday,已揽收\n,2026-11-22,已揽收\n"
      "SF1000000000001,2026-11-22,\n");
  EXPECT_TRUE(outcome.batch.traces.empty());
  ASSERT_EQ(outcome.rejects.size(), 3U);
  EXPECT_NE(outcome.rejects[0].reason.find("yesterday"), std::string::npos);
  const ImportOutcome events = imported(
      R"({"carrier":"SF","number":"SF1","events":[{"time":"2026-11-22","text":"已揽收"},{"time":1}]})"
      "\n"
      R"({"carrier":"SF","events":[{"time":"2026-11-22","text":"已揽收"}]})"
      "\nnonsense\n");
  EXPECT_EQ(events.batch.traces.size(), 1U);
  ASSERT_EQ(events.rejects.size(), 3U);
  EXPECT_NE(events.rejects[0].reason.find("Event 2 of SF1"), std::string::npos);
  EXPECT_EQ(events.rejects[2].line, 3U);
}

TEST(TraceFiles, MayBeWhatAServerAnsweredWithWhereToGoOn) {
  const std::string events =
      R"("carrier":"SF","number":"SF1000000000001","events":[{"time":"2026-11-22","text":"已揽收"}])";
  const ImportOutcome list = imported(R"({"next":"c 7","shipments":[{)" + events + "}]}");
  EXPECT_EQ(list.kind, "traces");
  EXPECT_EQ(list.batch.traces.size(), 1U);
  EXPECT_EQ(list.next, "c 7");
  EXPECT_EQ(imported("{" + events + R"(,"next":7})").next, "7");
  EXPECT_EQ(imported("{" + events + R"(,"next":null})").next, "");
  EXPECT_EQ(imported(R"({"shipments":[]})").kind, "traces");
}

TEST(TraceAnswers, AreTracesAndNothingElse) {
  const auto read = [](const std::string& body) {
    return read_trace_answer(body, ImportOptions());
  };
  const std::string good = R"({"number":"SF1","events":[{"time":"2026-11-22","text":"已揽收"}]})";
  for (const char* nothing : {"[]", " [ \n]\r\n", "\xEF\xBB\xBF[]", R"({"shipments":[]})"}) {
    ASSERT_TRUE(read(nothing).ok()) << nothing;
    EXPECT_TRUE(read(nothing).value().batch.traces.empty()) << nothing;
  }
  ASSERT_TRUE(read(good).ok());
  const auto some = read(good + "\n" + R"({"number":"SO-1","lines":[]})");
  ASSERT_TRUE(some.ok());
  EXPECT_EQ(some.value().batch.traces.size(), 1U);
  EXPECT_EQ(some.value().rejects.size(), 1U);
  for (const std::string& bad :
       {std::string(), std::string("[[]]"), std::string("<html>"), good.substr(1),
        R"({"number":"SO-1","platform":"t","shop":"s","lines":[]})" + ("\n" + good),
        std::string(R"({"shipments":[{"sku":"A","name":"B"}]})"),
        std::string("badge,name,role,pin\n1,A,supervisor,1234\n"), std::string(1'000'000, '['),
        R"({"shipments":[],"next":")" + std::string(3'000, 'x') + "\"}"}) {
    const auto answer = read(bad);
    ASSERT_FALSE(answer.ok()) << bad.substr(0, 80);
    EXPECT_EQ(answer.error().code, "not_traces");
  }
}

// Orders and products in JSON are no traces, whatever their fields are called.
TEST(TraceFiles, AreNotTakenForOrders) {
  EXPECT_EQ(imported(R"({"number":"SO-1","platform":"t","shop":"s","lines":[]})").kind,
            "json_lines");
  EXPECT_EQ(imported(R"({"sku":"A","name":"B","data":[1,2]})").kind, "json_lines");
  for (const char* events : {"[]", R"([{"time":"2026-11-22","text":"paid"}])"})
    for (const char* order : {R"({"number":"SO-1","lines":[],"events":)", R"({"sku":"A","events":)",
                              R"({"number":"SO-1","lines":[],"shipments":)"})
      EXPECT_EQ(imported(std::string(order) + events + "}").kind, "json_lines") << order << events;
}

}  // namespace
}  // namespace packbench::exchange
