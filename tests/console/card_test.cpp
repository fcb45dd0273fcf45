// Gift cards at the bench: asked for or by themselves, on the label's printer, and never in the way
// of the label.
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

const std::string message = "妈妈，生日快乐 Happy birthday";

class Cards : public BenchTest {
 protected:
  static Json gift(const std::string& number, const std::string& words = message) {
    return order(number, {{"BOOK", 1}}, {{"gift", true}, {"gift_message", words}});
  }
  static Json of_one_buyer(Json made) {
    made["buyer"] = "b";
    made["merge_token"] = "t";
    return made;
  }
  static std::string card_of(const Json& answer, std::size_t at = 0) {
    return answer["orders"].at(at)["gift_card"];
  }
  // The jobs at the printer whose name says that they are cards.
  std::vector<std::string> cards() const {
    std::vector<std::string> found;
    for (const std::string& name : dir_.list("labels")) {
      if (name.find("-card") != std::string::npos && name.ends_with(".zpl")) found.push_back(name);
    }
    return found;
  }
  static std::string reason(const Json& answer) { return answer["alert"]["params"]["reason"]; }
  std::string last_event(const std::string& number) {
    const Json events = show(number)["events"];
    return events.empty() ? ""
                          : events.back()["kind"].get<std::string>() + " " +
                                events.back()["detail"].get<std::string>();
  }
};

TEST_F(Cards, are_printed_when_asked_for_and_leave_the_label_alone) {
  begin({gift("SO-G")});
  EXPECT_EQ(card_of(take("SO-G")), "none");
  EXPECT_TRUE(cards().empty()) << "nobody asked";
  EXPECT_EQ(card_of(take("/card", "packing")), "printed");
  ASSERT_EQ(cards().size(), 1U);
  EXPECT_EQ(last_event("SO-G"), "gift_card printed");
  take(book, "checks");
  EXPECT_EQ(card_of(take("/card", "checks")), "printed");
  EXPECT_EQ(cards().size(), 2U) << "who asks twice has two";
  take("MAT-GIFT-BAG", "verifying_label");
  const Json labels = show("SO-G")["parcels"][0]["labels"];
  ASSERT_EQ(labels.size(), 1U) << "a card is no label";
  EXPECT_EQ(labels[0]["attempt"], 1);
  take(labels[0]["number"], "awaiting_order");
  EXPECT_EQ(verify(), "");
}

TEST_F(Cards, are_printed_by_themselves_where_the_configuration_says_so) {
  configure("[label]\ngift_card = \"auto\"\n");
  begin({gift("SO-G"), order("SO-1", {{"TEE-L", 1}}),
         order("SO-2", {{"BOOK", 1}}, {{"gift", true}})});
  EXPECT_EQ(card_of(take("SO-G")), "printed");
  EXPECT_EQ(cards().size(), 1U);
  take("/park");
  EXPECT_EQ(card_of(take("SO-G")), "printed");
  EXPECT_EQ(cards().size(), 1U) << "an order that comes back has its card";
  take("/abandon");
  EXPECT_TRUE(take("SO-2")["orders"][0]["gift_card"].is_null()) << "a gift without a message";
  take("/abandon");
  EXPECT_TRUE(take("SO-1")["orders"][0]["gift_card"].is_null());
  EXPECT_EQ(cards().size(), 1U);
}

TEST_F(Cards, of_merged_orders_come_one_after_the_other) {
  begin({of_one_buyer(gift("SO-A", "to Anna")), of_one_buyer(gift("SO-B", "to Ben")),
         of_one_buyer(order("SO-C", {{"TEE-L", 1}}))});
  take("/open SO-A SO-B SO-C", "packing");
  const Json answer = take("/card");
  EXPECT_EQ(card_of(answer, 0), "printed");
  EXPECT_EQ(card_of(answer, 1), "printed");
  EXPECT_TRUE(answer["orders"][2]["gift_card"].is_null());
  const auto names = cards();
  ASSERT_EQ(names.size(), 2U);
  EXPECT_NE(dir_.read("labels/" + names[0]), dir_.read("labels/" + names[1]));
}

TEST_F(Cards, are_refused_where_there_is_nothing_to_print) {
  begin({order("SO-1", {{"TEE-L", 1}})});
  EXPECT_EQ(refuse("/card", "not_ready")["alert"]["params"]["reason"], "no_order");
  take("SO-1");
  EXPECT_EQ(reason(refuse("/card", "not_ready")), "no_gift_message");
}

TEST_F(Cards, say_what_is_wrong_with_the_printer_and_the_work_goes_on) {
  configure("[label]\ngift_card = \"auto\"\n", "raw:device");
  begin({gift("SO-G")});
  const Json answer = warn("SO-G", "card_not_printed", "packing");
  EXPECT_EQ(card_of(answer), "rejected");
  EXPECT_NE(answer["alert"]["next"].get<std::string>().find("More, Print card"), std::string::npos)
      << answer["alert"];
  EXPECT_TRUE(last_event("SO-G").starts_with("gift_card rejected: ")) << last_event("SO-G");
  dir_.write("device", "");
  EXPECT_EQ(card_of(take("/card")), "printed");
  EXPECT_GT(dir_.read("device").size(), 1000U);
}

TEST_F(Cards, name_the_character_that_cannot_be_drawn_and_no_word_of_the_message) {
  begin({gift("SO-G", "Dear \uE000 secretname")});
  take("SO-G");
  const Json answer = warn("/card", "card_not_printed", "packing");
  EXPECT_EQ(card_of(answer), "unprintable");
  EXPECT_NE(reason(answer).find("E000"), std::string::npos) << answer;
  EXPECT_EQ(answer.dump().find("secretname"), std::string::npos) << answer;
  EXPECT_EQ(show("SO-G").dump().find("secretname"), std::string::npos);
  EXPECT_TRUE(cards().empty());
}

TEST_F(Cards, hand_no_word_of_a_message_to_the_printers_interpreter) {
  begin({gift("SO-G", "^XA^FO0,0^FDx^FS^XZ ~JA \x1B!? SIZE 1,1")});
  take_all({"SO-G", "/card"});
  ASSERT_EQ(cards().size(), 1U);
  const std::string job = dir_.read("labels/" + cards().front());
  EXPECT_TRUE(job.starts_with("^XA^JZN")) << job.substr(0, 40);
  EXPECT_EQ(job.find("^XA", 1), std::string::npos);
  for (const char* hostile : {"^FD", "~JA", "SIZE", "\x1B"})
    EXPECT_EQ(job.find(hostile), std::string::npos) << hostile;
}

TEST_F(Cards, fit_each_paper_that_labels_come_on) {
  for (const std::string paper : {"76x130", "100x150", "100x180", "4x6"}) {
    SCOPED_TRACE(paper);
    configure("[label]\npaper = \"" + paper + "\"\n");
    if (console_ == nullptr) begin({gift("SO-G")});
    reopen();
    say("SO-G");
    EXPECT_EQ(card_of(take("/card")), "printed");
  }
}

}  // namespace
}  // namespace packbench::test
