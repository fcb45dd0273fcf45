// What carriers' traces stand for, by the rules that are shipped.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "domain/trace.h"

namespace packbench {
namespace {

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TraceRules shipped() {
  auto rules = parse_trace_rules(content(PACKBENCH_ASSETS "/traces/rules.json"));
  EXPECT_TRUE(rules.ok()) << rules.error().text;
  return rules ? std::move(rules).value() : TraceRules();
}

std::string state(const std::string& text, const std::string& status = "") {
  static const TraceRules rules = shipped();
  return std::string(trace_word(rules.classify(text, status)));
}

TEST(TraceRules, ReadWhatChineseCarriersSay) {
  for (const auto& [text, expected] : std::map<std::string, std::string>{
           {"【上海市】 【外高桥北部】（021） 的某某（186****0000） 已揽收", "picked_up"},
           {"【深圳龙岗龙东社区营业部】顺丰速运 已收取快件", "picked_up"},
           {"【上海市】 快件离开 【外高桥北部】 已发往 【上海浦东中心】", "in_transit"},
           {"【上海市】 快件已经到达 【上海浦东中心】", "hub"},
           {"【上海市】 快件离开 【上海浦东中心】 已发往 【昆常转运中心】", "hub"},
           {"【苏州市】 快件已经到达 【常熟天下淘宝四】", "in_transit"},
           {"【天津转运中心公司】 已收入", "hub"},
           {"【天津转运中心】 已发出 下一站 【济南转运中心公司】", "hub"},
           {"【山东省济南市孙村公司】 已收入", "in_transit"},
           {"【深圳龙岗营业部】快件在【深圳龙岗营业部】已装车，准备发往 【深圳集散中心】",
            "in_transit"},
           {"【深圳集散中心】快件在【深圳集散中心】已装车，准备发往 【南京江宁集散中心】", "hub"},
           {"【南京浦口丽景路营业点】正在派送途中,请您准备签收(派件人:某某,182****0000)",
            "out_for_delivery"},
           {"【南京】快件派送不成功(已与收方客户约定新派送时间 2016-10-15),待再次派送", "failed"},
           {"客户签收人: 已签收，签收人凭取货码签收。", "delivered"},
           {"快件已由济南历城区翡翠雅郡北区西门店代收，请及时取件", "out_for_delivery"},
           {"快件已退回寄件人", "returned"},
           {"収取 zzz", "unknown"},
           {"", "unknown"}})
    EXPECT_EQ(state(text), expected) << text;
}

TEST(TraceRules, TakeTheStatusWhereTheTextSaysNothing) {
  EXPECT_EQ(state("", "揽收"), "picked_up");
  EXPECT_EQ(state("。", "SIGN"), "delivered");
  EXPECT_EQ(state("Parcel arrived at Hub Leipzig", ""), "hub");
  EXPECT_EQ(state("快件到达【深圳集散中心】", "揽收"), "hub") << "the text comes first";
  EXPECT_EQ(state("", "揽收了"), "unknown") << "a status counts whole";
}

// Real ones, with names and numbers masked; counted by hand.
TEST(TraceRules, LeaveNoneOfTheRealOnesUnknown) {
  const std::string text = content(PACKBENCH_SHARED_DATA "/traces/cn_express_traces.json");
  if (text.empty()) GTEST_SKIP() << "no data here";
  std::map<std::string, int> counted;
  for (const auto& parcel : nlohmann::json::parse(text)) {
    for (const auto& event : parcel.at("events")) {
      const std::string said = event.at("text"), status = event.at("status");
      const std::string from_text = state(said);
      ++counted[from_text];
      EXPECT_NE(from_text, "unknown") << said;
      EXPECT_NE(state(said, status), "unknown") << said;
    }
  }
  EXPECT_EQ(counted, (std::map<std::string, int>{{"picked_up", 4},
                                                 {"in_transit", 6},
                                                 {"hub", 14},
                                                 {"out_for_delivery", 6},
                                                 {"failed", 2},
                                                 {"delivered", 2}}));
}

TEST(TracePattern, AStarStaysWithinItsBrackets) {
  EXPECT_TRUE(has_pattern("离开【浦东中心】", "离开【*中心*】"));
  EXPECT_TRUE(has_pattern("x离开【浦东中心二】y", "离开【*中心*】"));
  EXPECT_FALSE(has_pattern("离开【外高桥】发往【浦东中心】", "离开【*中心*】"));
  EXPECT_TRUE(has_pattern("aab", "*b"));
  EXPECT_TRUE(has_pattern("acbcb", "a*cb"));
  EXPECT_FALSE(has_pattern("acb", "a*cbb"));
  EXPECT_FALSE(has_pattern("", "a"));
  EXPECT_FALSE(has_pattern(std::string(500, 'a'), "a*a*a*a*b"));
}

TEST(TraceRules, ThatAreWrongNameTheirPlace) {
  const auto problem = [](const std::string& json) {
    const auto rules = parse_trace_rules(json);
    return rules ? std::string("taken") : rules.error().text;
  };
  EXPECT_NE(problem("[]").find("list \"rules\""), std::string::npos);
  EXPECT_NE(problem("{").find("list \"rules\""), std::string::npos);
  const std::string good = R"({"state":"hub","text":["x"]})";
  for (const char* bad :
       {R"({"state":"gone","text":["x"]})", R"({"state":"unknown","text":["x"]})",
        R"({"state":"hub"})", R"({"state":"hub","text":["*"]})", R"({"state":"hub","text":[""]})",
        R"({"state":"hub","text":"x"})", R"({"state":1})", "1"})
    EXPECT_NE(problem(R"({"rules":[)" + good + "," + bad + "]}").find("rule 2 "), std::string::npos)
        << bad;
  EXPECT_EQ(problem(R"({"rules":[)" + good + "]}"), "taken");
}

}  // namespace
}  // namespace packbench
