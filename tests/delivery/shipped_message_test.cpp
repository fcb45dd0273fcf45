// What the buyer is told, and where a parcel is followed.
#include "exchange/shipped_message.h"

#include <gtest/gtest.h>

namespace packbench::exchange {
namespace {

MessageValues values() {
  return {"SO-1", "演示", "顺丰速运", "SF1", "2026-11-22 14:05", "https://x/SF1", "2"};
}
std::string filled(const char* text, const MessageValues& with) {
  const auto made = MessageTemplate::parse(text, "file");
  EXPECT_TRUE(made.ok());
  return made.ok() ? made.value().fill(with) : "";
}

TEST(ShippedMessage, FillsEveryPlaceholder) {
  EXPECT_EQ(filled("{order} {shop} {carrier}\r\n{number}{time}\n{link} {days}.\n", values()),
            "SO-1 演示 顺丰速运\nSF12026-11-22 14:05\nhttps://x/SF1 2.");
  EXPECT_EQ(filled("as it is", values()), "as it is");
  EXPECT_EQ(filled("", values()), "");
}

TEST(ShippedMessage, LeavesOutALineOfWhichSomethingIsNotKnown) {
  MessageValues some = values();
  some.days.clear();
  EXPECT_EQ(filled("a {order}\nb {days} {order}\n\nc\n", some), "a SO-1\n\nc");
}

TEST(ShippedMessage, NamesWhatIsWrongWithATemplate) {
  for (const auto& [text, expected] :
       std::initializer_list<std::pair<const char*, const char*>>{{"Hi {name}", "{name}"},
                                                                  {"Hi {}", "{}"},
                                                                  {"Hi {order", "{ without"},
                                                                  {"\xFF", "UTF-8"}}) {
    const auto made = MessageTemplate::parse(text, "shipped.en.txt");
    ASSERT_FALSE(made.ok()) << text;
    EXPECT_EQ(made.error().code, "bad_message");
    EXPECT_NE(made.error().text.find(expected), std::string::npos) << made.error().text;
    EXPECT_NE(made.error().text.find("shipped.en.txt"), std::string::npos);
    EXPECT_NE(made.error().text.find("{order}"), std::string::npos) << "what may stand there";
  }
}

TEST(TrackingLinks, TheCarriersOwnElseThatOfAny) {
  const auto links = parse_tracking_links(
      R"({"SF": "https://sf/?n={number}&x", "": "https://any/{number}"})", "f");
  ASSERT_TRUE(links.ok());
  EXPECT_EQ(tracking_link(links.value(), "SF", "SF 1&a"), "https://sf/?n=SF%201%26a&x");
  EXPECT_EQ(tracking_link(links.value(), "YTO", "YT1"), "https://any/YT1");
  EXPECT_EQ(tracking_link({}, "YTO", "YT1"), "");
  for (const char* wrong : {"", "[]", R"({"SF": 1})", R"({"SF": "https://sf/"})"})
    EXPECT_FALSE(parse_tracking_links(wrong, "f").ok()) << wrong;
}

}  // namespace
}  // namespace packbench::exchange
