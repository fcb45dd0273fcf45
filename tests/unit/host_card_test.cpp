// Gift cards around the real host: what happens while a card waits for its printer.
#include "tests/unit/scripted_host.h"

namespace packbench {
namespace {

using namespace station;

class Cards : public ScriptedHost {
 protected:
  std::string card(std::size_t at = 0) const { return host_->view()->orders.at(at).gift_card; }
  bool alerted() const {
    const auto& alert = host_->view()->alert;
    return alert && alert->code == AlertCode::card_not_printed;
  }
  static std::string message(int order) { return "for " + benchmark::order_number(order); }
};

TEST_F(Cards, GoOnByThemselvesWhenThePrinterIsMended) {
  open(0);
  printer_.fault = "media-empty";
  say("/card");
  EXPECT_EQ(card(), "requested");
  work();
  EXPECT_EQ(card(), "rejected");
  EXPECT_TRUE(alerted());
  printer_is(false);
  EXPECT_TRUE(jobs_.empty()) << "it is not well yet";
  printer_.fault.clear();
  printer_is(true);
  EXPECT_FALSE(alerted()) << "what is being mended needs nobody";
  work();
  EXPECT_EQ(card(), "printed");
  printer_is(true);
  EXPECT_TRUE(jobs_.empty());
  EXPECT_EQ(printer_.printed, Names{message(0)});
}

TEST_F(Cards, ThatSomebodyStoppedStayStopped) {
  open(0);
  say("/card");
  say("/printed no");
  EXPECT_TRUE(host_->view()->accepted);
  work();
  EXPECT_EQ(card(), "rejected");
  EXPECT_FALSE(alerted()) << "who stops it knows";
  printer_is(true);
  EXPECT_TRUE(jobs_.empty());
  say("/card");
  work();
  EXPECT_EQ(printer_.printed, Names{message(0)}) << "and may ask again";
}

TEST_F(Cards, OfAnOrderThatLeftTheBenchAreNotPrinted) {
  open(0);
  say("/card");
  say("/abandon");
  work();
  EXPECT_TRUE(printer_.printed.empty());
  open(0);
  say("/card");
  say("/park");
  work();
  EXPECT_TRUE(printer_.printed.empty());
  open(0);
  EXPECT_EQ(card(), "rejected") << "it is kept what became of it";
}

// The first answer is not taken for the second.
TEST_F(Cards, OfAnEarlierVisitToTheBenchAreNotTakenForTheNewOnes) {
  printer_.fault = "media-empty";
  open(0);
  say("/card");
  say("/abandon");
  open(0);
  say("/card");
  const auto second = std::move(jobs_.back());
  jobs_.pop_back();
  work();
  EXPECT_EQ(card(), "requested");
  printer_.fault.clear();
  printer_is(true);
  EXPECT_TRUE(jobs_.empty()) << "it is under way";
  jobs_.push_back(second);
  work();
  EXPECT_EQ(card(), "printed");
  EXPECT_EQ(printer_.printed, Names{message(0)});
}

TEST_F(Cards, ComeBeforeTheLabelThatIsAskedForAfterThem) {
  say("/open " + benchmark::order_number(0) + " " + benchmark::order_number(1) + " " +
      benchmark::order_number(2));
  ASSERT_EQ(host_->view()->orders.size(), 3U);
  say("/card");
  for (int order = 0; order < 3; ++order) pack(order);
  work();
  ASSERT_EQ(printer_.printed.size(), 4U);
  for (int order = 0; order < 3; ++order)
    EXPECT_EQ(printer_.printed[static_cast<std::size_t>(order)], message(order));
  EXPECT_TRUE(printer_.printed.back().starts_with("label "));
  EXPECT_EQ(host_->view()->phase, Phase::verifying_label);
}

TEST_F(Cards, ThatHaveComeOutAreNotPrintedAgainWithTheOneThatHasNot) {
  say("/open " + benchmark::order_number(0) + " " + benchmark::order_number(1));
  say("/card");
  const auto second = std::move(jobs_.back());
  jobs_.pop_back();
  work();
  printer_.fault = "media-empty";
  jobs_.push_back(second);
  work();
  EXPECT_EQ(card(0), "printed");
  EXPECT_EQ(card(1), "rejected");
  printer_.fault.clear();
  say("/card");
  work();
  EXPECT_EQ(printer_.printed, (Names{message(0), message(1)}));
  say("/card");
  work();
  EXPECT_EQ(printer_.printed.size(), 4U) << "all again for who asks when all are there";
}

TEST_F(Cards, AreDrawnAnewForAPrinterOfAnotherLanguage) {
  printer_.languages = {"zpl", "tspl"};
  open(0);
  say("/card");
  work();
  EXPECT_EQ(card(), "printed");
  EXPECT_EQ(printer_.printed, Names{message(0)});
}

// The question whether the label came out is answered, whatever a card does.
TEST_F(Cards, DoNotTakeTheAnswerThatIsMeantForTheLabel) {
  open(0);
  pack(0);
  while (jobs_.size() > 0 && host_->station().work->parcel.label.state != PrintState::sent) {
    const auto job = std::move(jobs_.front());
    jobs_.pop_front();
    job();
    while (host_->pump()) {
    }
  }
  const ParcelId parcel = host_->station().work->parcel.id;
  jobs_.clear();
  ASSERT_TRUE(
      host_->post({LaneId::bench, PrintEnded{parcel, 1, PrintResult::unknown, "timed-out"}}));
  while (host_->pump()) {
  }
  ASSERT_EQ(host_->view()->phase, Phase::print_unknown);
  say("/card");
  EXPECT_EQ(card(), "requested");
  say("/printed no");
  EXPECT_NE(host_->view()->phase, Phase::print_unknown);
  EXPECT_EQ(host_->station().work->parcel.label.attempt, 2);
  EXPECT_EQ(printer_.stopped, "");
}

}  // namespace
}  // namespace packbench
