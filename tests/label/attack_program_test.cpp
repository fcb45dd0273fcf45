// Hostile orders through the whole program: imported, packed and printed into a file, a label of
// each holds the commands of a harmless one.
#include <string>
#include <vector>

#include "tests/label/zpl_commands.h"
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

using label::zpl_commands;

const std::string tee = "5901234123457";

// An order in which everything that people write is this text.
Json hostile(const std::string& number, const std::string& text) {
  Json more{{"buyer", text},
            {"gift_message", text},
            {"buyer_note", text},
            {"seller_note", text},
            {"receiver",
             {{"name", text},
              {"phone", text},
              {"province", text},
              {"city", text},
              {"district", text},
              {"address", text},
              {"postcode", text}}}};
  Json out = order(number, {{"TEE-L", 1}}, more);
  out["lines"][0]["name"] = text;
  return out;
}

class HostileOrders : public BenchTest {
 protected:
  // Files of print jobs; a picture for people lies beside each.
  std::vector<std::string> jobs() const {
    auto out = dir_.list("labels");
    std::erase_if(out, [](const std::string& name) { return !name.ends_with(".zpl"); });
    return out;
  }
  // Packs an order of one shirt; the file that was printed, empty where the label was refused.
  std::string printed(const std::string& number) {
    const std::size_t before = jobs().size();
    take(number);
    const Json answer = say(tee);
    const auto files = jobs();
    if (alert_of(answer) == "label_unprintable") {
      EXPECT_EQ(files.size(), before) << answer;
      take("/abandon", "awaiting_order");
      return "";
    }
    EXPECT_EQ(alert_of(answer), "") << answer;
    EXPECT_EQ(answer["phase"], "verifying_label") << answer;
    EXPECT_EQ(files.size(), before + 1) << ::testing::PrintToString(files);
    const std::string waybill = answer["waybill"]["number"];
    if (!answer["checks"].empty()) take("/check note_followed pass");
    take(waybill, "awaiting_order");
    return dir_.read("labels/" + waybill + "-1.zpl");
  }
};

TEST_F(HostileOrders, print_one_label_of_the_usual_commands_or_none) {
  using namespace std::string_literals;
  const struct {
    const char* number;
    std::string text;
    bool printable;
  } cases[] = {
      {"SO-ZPL", "^XZ^XA^FDx^FS~JA", true},
      {"SO-TSPL", "\r\nPRINT 9,9\r\n\x1B!R", true},
      {"SO-QUOTES", "\"';--\\", true},
      {"SO-NUL", "a\0b"s, true},
      {"SO-BIDI", "\u202Ea\u2067b\u200F", true},
      {"SO-EMOJI", "😀🎁", true},
      {"SO-ARABIC", "شارع", false},
      {"SO-LONG", std::string(10'000, 'W'), false},
  };
  std::vector<Json> orders = {order("SO-PLAIN", {{"TEE-L", 1}})};
  for (const auto& one : cases) orders.push_back(hostile(one.number, one.text));
  begin(orders);
  const auto plain = zpl_commands(printed("SO-PLAIN"));
  ASSERT_EQ(plain.labels, 1);
  for (const auto& one : cases) {
    SCOPED_TRACE(one.number);
    const std::string job = printed(one.number);
    EXPECT_EQ(!job.empty(), one.printable);
    if (job.empty()) continue;
    const auto commands = zpl_commands(job);
    EXPECT_EQ(commands.labels, 1);
    EXPECT_TRUE(commands.only_dots);
    EXPECT_EQ(commands.outside, "");
    EXPECT_EQ(commands.all, plain.all);
  }
  EXPECT_EQ(verify(), "");
}

}  // namespace
}  // namespace packbench::test
