// Gift cards around the real host, journal and catalog, with a worker that works when it is told
// to: what happens while a card waits for its printer.
#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/check.h"
#include "domain/barcode.h"
#include "host/host.h"
#include "tests/benchmark/bench_data.h"

namespace packbench {
namespace {

using namespace station;
using benchmark::OpenJournal;
using Names = std::vector<std::string>;

// Prints unless it has a fault; remembers what it was told to stop.
class ScriptedPrinter : public ports::LabelPrinter {
 public:
  std::string language() override { return languages.empty() ? "zpl" : languages.front(); }
  Status ready() override {
    if (fault.empty()) return Ok{};
    return Error{fault, "the printer has a fault"};
  }
  ports::PrintOutcome print(const ports::PrintJob& job, Duration) override {
    if (std::string(job.name) == stopped) return {ports::PrintResult::rejected, "stopped", 0};
    if (!languages.empty() && job.language != languages.back()) {
      languages = {languages.back()};
      return {ports::PrintResult::rejected, "other-language", 0};
    }
    printed.push_back(std::string(job.bytes));
    return {ports::PrintResult::printed, "", job.bytes.size()};
  }
  void stop(std::string_view job) override { stopped = job; }

  std::string fault, stopped;
  Names languages;  // what it says, and what it then turns out to speak
  Names printed;
};

class Cards : public ::testing::Test {
 protected:
  void SetUp() override {
    // Its own, for tests run beside each other.
    const std::string test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = benchmark::fresh_folder(::testing::TempDir(), "host_card_" + test);
    benchmark::import(folder_, benchmark::make_site(5));
    ImportBatch orders = benchmark::make_orders(0, 3);
    for (ImportedOrder& order : orders.orders) {
      order.person.gift_message = "for " + order.order.key.number;
      order.order.buyer = "b";
      order.order.merge_token = "t";
      order.person.receiver.address = "one address";
    }
    benchmark::import(folder_, orders);
    journal_ = std::make_unique<OpenJournal>(benchmark::open_journal(folder_));
    auto catalog = store::Catalog::open({folder_, ""});
    ASSERT_TRUE(catalog.ok()) << catalog.error().text;
    catalog_ = std::move(catalog).value();
    config_ = benchmark::make_config();
    host_ = std::make_unique<host::Host>(parts());
    ASSERT_TRUE(host_->start().ok());
    work();
    say("1001");
  }

  host::HostParts parts() {
    host::HostParts parts{*journal_->journal, *catalog_, printer_, config_, {}, {}, {}, {}, {}, {}};
    parts.clock = [this] { return benchmark::at(++second_); };
    parts.draw = [this](const label::LabelContent& content, label::LabelLanguage language) {
      return drawing("label " + content.waybill, language);
    };
    parts.card = [this](const label::LabelContent& content, label::LabelLanguage language) {
      return drawing(content.gift_message, language);
    };
    parts.run = [this](std::function<void()> job) { jobs_.push_back(std::move(job)); };
    parts.write_outbox = parts.write_carrier =
        [](const std::string& name, const std::string&) -> Result<std::string> { return name; };
    return parts;
  }
  static Result<label::Label> drawing(const std::string& text, label::LabelLanguage language) {
    label::Label label;
    label.job = text;
    label.hash = std::string(64, 'a');
    label.language = language;
    return label;
  }

  // The worker does what waits, and the host hears of it.
  void work() {
    while (!jobs_.empty()) {
      const auto job = std::move(jobs_.front());
      jobs_.pop_front();
      job();
      while (host_->pump()) {
      }
    }
  }
  // A scan, or a command where it begins with a slash; the worker stays as it is.
  void say(const std::string& line) {
    if (line.front() == '/')
      host_->input({LaneId::bench, parse_command_line(line)});
    else
      host_->input({LaneId::bench, Scan{parse_scan(line)}});
  }
  void open(int order) { say(benchmark::order_number(order)); }
  void pack(int order) {
    for (int line = 1; line <= 3; ++line) say(benchmark::ware_code(order * 3 + line));
  }
  void printer_is(bool ok) {
    ASSERT_TRUE(host_->post({LaneId::bench, DevicesChanged{{{"printer", LaneId::bench, ok, true,
                                                             ok ? "" : "paused"}}}}));
    while (host_->pump()) {
    }
  }
  std::string card(std::size_t at = 0) const { return host_->view()->orders.at(at).gift_card; }
  bool alerted() const {
    const auto& alert = host_->view()->alert;
    return alert && alert->code == AlertCode::card_not_printed;
  }
  static std::string message(int order) { return "for " + benchmark::order_number(order); }

  std::string folder_;
  std::unique_ptr<OpenJournal> journal_;
  std::unique_ptr<store::Catalog> catalog_;
  host::Config config_;
  ScriptedPrinter printer_;
  std::deque<std::function<void()>> jobs_;
  std::int64_t second_ = 0;
  std::unique_ptr<host::Host> host_;
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
