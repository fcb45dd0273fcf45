// Manifests on the label printer around the real host: never in a label's way, and nothing lost but
// paper when the printer is not well.
#include "tests/unit/scripted_host.h"

namespace packbench {
namespace {

using namespace station;

class Slips : public ScriptedHost {
 protected:
  // Packs the order and sticks its label on.
  void stage(int order) {
    open(order);
    pack(order);
    work();
    say(host_->view()->waybill->number);
  }
  // A visit that takes the order along.
  void hand_over(int order) {
    open(order);
    pack(order);
    work();
    const std::string number = host_->view()->waybill->number;
    say(number);
    say("/handover SF K1");
    host_->input({LaneId::dock, Scan{parse_scan(number)}});
    ASSERT_EQ(host_->view()->manifest->count, 1);
    say("/close-manifest");
    work();
    id_ = host_->view()->closed_manifest;
    ASSERT_FALSE(id_.empty());
    printer_.printed.clear();
  }
  void pack_but_one(int order) {
    open(order);
    for (int line = 1; line <= 2; ++line) say(benchmark::ware_code(order * 3 + line));
  }
  void pack_last(int order) { say(benchmark::ware_code(order * 3 + 3)); }
  std::string slip(int number) const { return "slip " + std::to_string(number) + " of " + id_; }
  std::string label() const { return "label " + host_->view()->waybill->number; }
  std::string alert() const {
    const auto& alert = host_->view()->alert;
    return alert ? std::string(alert_row(alert->code).name) : "";
  }
  std::string reason() const { return host_->view()->alert->params.at("reason"); }

  std::string id_;
};

TEST_F(Slips, ComeOutOneAfterTheOtherAndLeaveNoRecord) {
  hand_over(0);
  slips_ = 3;
  const auto seq = host_->station().seq;
  say("/print-manifest");
  EXPECT_TRUE(host_->view()->accepted);
  work();
  EXPECT_EQ(printer_.printed, (Names{slip(1), slip(2), slip(3)}));
  EXPECT_EQ(alert(), "");
  EXPECT_EQ(host_->station().seq, seq);
  EXPECT_FALSE(host_->busy());
}

TEST_F(Slips, LetALabelGoBetweenThem) {
  hand_over(0);
  slips_ = 3;
  seconds_between_ = 0;
  pack_but_one(1);
  say("/print-manifest");
  pack_last(1);
  work();
  EXPECT_EQ(printer_.printed, (Names{slip(1), label(), slip(2), slip(3)}));
  EXPECT_EQ(host_->view()->phase, Phase::verifying_label);
  EXPECT_EQ(host_->station().work->parcel.label.attempt, 1);
}

TEST_F(Slips, WaitForALabelThatIsOnItsWay) {
  hand_over(0);
  pack_but_one(1);
  pack_last(1);
  say("/print-manifest");
  EXPECT_TRUE(host_->view()->accepted);
  work();
  EXPECT_EQ(printer_.printed, (Names{label(), slip(1)}));
}

TEST_F(Slips, WaitForCardsThatAreOnTheirWay) {
  hand_over(0);
  open(1);
  say("/card");
  say("/print-manifest");
  work();
  EXPECT_EQ(printer_.printed, (Names{"for " + benchmark::order_number(1), slip(1)}));
}

// Whoever looks for a label at the printer finds no other paper there.
TEST_F(Slips, WaitWhileItIsAskedWhetherALabelCameOut) {
  hand_over(0);
  open(1);
  pack(1);
  while (host_->station().work->parcel.label.state != PrintState::sent) work_once();
  const ParcelId parcel = host_->station().work->parcel.id;
  jobs_.clear();
  ASSERT_TRUE(
      host_->post({LaneId::bench, PrintEnded{parcel, 1, PrintResult::unknown, "timed-out"}}));
  while (host_->pump()) {
  }
  ASSERT_EQ(host_->view()->phase, Phase::print_unknown);
  say("/print-manifest");
  work();
  EXPECT_TRUE(printer_.printed.empty());
  EXPECT_EQ(host_->view()->phase, Phase::print_unknown);
  say("/printed yes");
  work();
  EXPECT_EQ(printer_.printed, Names{slip(1)});
}

TEST_F(Slips, ThatThePrinterHoldsUpGiveWayToALabel) {
  hand_over(0);
  slips_ = 2;
  pack_but_one(1);
  say("/print-manifest");
  second_ += 60;
  pack_last(1);
  EXPECT_NE(printer_.stopped.find("-slip-1"), std::string::npos);
  work();
  EXPECT_EQ(printer_.printed, Names{label()});
  say("/print-manifest");
  work();
  EXPECT_EQ(printer_.printed, (Names{label(), slip(1), slip(2)})) << "asked for again";
}

TEST_F(Slips, ThatFailAreToldOfAndAskedForAgain) {
  hand_over(0);
  slips_ = 2;
  const auto seq = host_->station().seq;
  printer_.fault = "media-empty";
  say("/print-manifest " + id_);
  work();
  EXPECT_EQ(alert(), "manifest_not_printed");
  EXPECT_EQ(reason(), "media-empty");
  EXPECT_EQ(host_->view()->alert->params.at("manifest"), id_ + " (1/2)");
  for (const Language language : {Language::zh, Language::en}) {
    EXPECT_NE(alert_next({AlertCode::manifest_not_printed, host_->view()->alert->params}, language)
                  .find(language == Language::zh ? "打印交接单" : "Print manifest"),
              std::string::npos);
  }
  EXPECT_EQ(host_->station().seq, seq);
  EXPECT_FALSE(host_->busy()) << "no other slip is tried";
  printer_.fault.clear();
  printer_is(true);
  EXPECT_TRUE(jobs_.empty()) << "nothing by itself";
  open(1);
  pack(1);
  work();
  EXPECT_EQ(printer_.printed, Names{label()});
  say("/print-manifest");
  work();
  EXPECT_EQ(printer_.printed, (Names{label(), slip(1), slip(2)}));
}

TEST_F(Slips, AreNotDoubledByImpatience) {
  hand_over(0);
  say("/print-manifest");
  say("/print-manifest");
  say("/print-manifest " + id_);
  work();
  EXPECT_EQ(printer_.printed, Names{slip(1)});
  say("/print-manifest");
  work();
  EXPECT_EQ(printer_.printed.size(), 2U) << "a copy for who asks when all are there";
}

TEST_F(Slips, AreDrawnAnewForAPrinterOfAnotherLanguage) {
  hand_over(0);
  printer_.languages = {"zpl", "tspl"};
  say("/print-manifest");
  work();
  EXPECT_EQ(printer_.printed, Names{slip(1)});
  EXPECT_EQ(alert(), "");
}

TEST_F(Slips, ComeByThemselvesOnlyWhereThatIsConfigured) {
  hand_over(0);
  EXPECT_TRUE(jobs_.empty());
  config_.policy.slip_by_itself = true;
  stage(1);
  say("/handover SF");
  say("/close-manifest");
  work();
  EXPECT_EQ(printer_.printed.size(), 1U) << "a visit that took nothing needs no paper";
  say("/handover SF");
  for (const auto& row : host_->view()->manifest->left)
    host_->input({LaneId::dock, Scan{parse_scan(row.number)}});
  say("/close-manifest");
  work();
  ASSERT_EQ(printer_.printed.size(), 2U);
  EXPECT_EQ(printer_.printed.back(), "slip 1 of " + host_->view()->closed_manifest);
}

TEST_F(Slips, AreForgottenByABenchThatGoesDown) {
  hand_over(0);
  slips_ = 2;
  say("/print-manifest");
  host_->stop_printing();
  EXPECT_NE(printer_.stopped.find("-slip-1"), std::string::npos);
  jobs_.clear();
  host_ = std::make_unique<host::Host>(parts());
  ASSERT_TRUE(host_->start().ok());
  EXPECT_TRUE(jobs_.empty());
  EXPECT_TRUE(printer_.printed.empty());
}

}  // namespace
}  // namespace packbench
