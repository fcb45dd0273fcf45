// Printers: what a job comes to, for every manner and trouble of a printer.
#include "tests/devices/printer_fixture.h"

namespace packbench::test {
namespace {

using ports::DeviceRole;

constexpr Duration kShort = Duration::milliseconds(400);

TEST_F(PrinterTest, AZplPrinterIsKnownByItsIdAndPrints) {
  start(zpl_printer());
  EXPECT_EQ(devices_->until(DeviceRole::printer, "").driver, "zpl");
  EXPECT_EQ(printer().language(), "zpl");
  ASSERT_TRUE(printer().ready());
  const Outcome outcome = print(zpl_job());
  EXPECT_EQ(outcome.result, PrintResult::printed) << outcome.reason;
  EXPECT_EQ(outcome.bytes_moved, zpl_job().size());
  ASSERT_EQ(printed(), 1U);
  EXPECT_EQ(text_of(fake_->printed()[0]), zpl_job());
  EXPECT_EQ(fake_->zero_length_transfers(), 0U);
  EXPECT_EQ(fake_->usb().misuse(), std::vector<std::string>{});
}

TEST_F(PrinterTest, ATsplPrinterIsKnownByItsIdAndPrints) {
  start(tspl_printer());
  EXPECT_EQ(devices_->until(DeviceRole::printer, "").driver, "tspl");
  EXPECT_EQ(printer().language(), "tspl");
  ASSERT_TRUE(printer().ready());
  EXPECT_EQ(print(tspl_job()).result, PrintResult::printed);
  EXPECT_EQ(printed(), 1U);
}

TEST_F(PrinterTest, ACloneThatNeverAnswersHasPrintedOnceItHasEveryByte) {
  PrinterOptions clone = zpl_printer();
  clone.answers = false;
  start(clone);
  ASSERT_TRUE(printer().ready());
  EXPECT_EQ(print(zpl_job()).result, PrintResult::printed);
  EXPECT_EQ(printed(), 1U);
}

TEST_F(PrinterTest, AUnidirectionalPrinterHasPrintedOnceItHasEveryByte) {
  PrinterOptions mute = zpl_printer();
  mute.protocols = {1};
  start(mute);
  ASSERT_TRUE(printer().ready());
  EXPECT_EQ(print(zpl_job()).result, PrintResult::printed);
  EXPECT_EQ(printed(), 1U);
}

TEST_F(PrinterTest, AJobOfWholePacketsEndsWithoutAnEmptyOne) {
  start(zpl_printer());
  const std::size_t frame = zpl_job(0).size();
  for (const std::size_t packets : {1U, 64U}) {
    EXPECT_EQ(print(zpl_job(packets * 512 - frame)).result, PrintResult::printed);
  }
  EXPECT_EQ(fake_->zero_length_transfers(), 0U);
}

// It was drawn for the printer that was here before.
TEST_F(PrinterTest, AJobInAnotherLanguageIsNotSent) {
  start(tspl_printer());
  const std::string job = zpl_job();
  const Outcome outcome = printer().print({"SF1-1", job, {}, "zpl"}, Duration::seconds(20));
  EXPECT_EQ(outcome.result, PrintResult::rejected);
  EXPECT_EQ(outcome.reason, "other-language");
  EXPECT_EQ(printed(), 0U);
}

// The news that a printer is well may come before the answer that turned a label away; then nobody
// would print that label.
TEST_F(PrinterTest, WhoWasTurnedAwayHearsOnceMoreThatItIsWell) {
  start(tspl_printer());
  devices_->until(DeviceRole::printer, "");
  const int before = devices_->tellings();
  const std::string job = zpl_job();
  ASSERT_EQ(printer().print({"SF1-1", job, {}, "zpl"}, Duration::seconds(20)).result,
            PrintResult::rejected);
  EXPECT_TRUE(bus_.wait_until([&] { return devices_->tellings() > before; }));
}

TEST_F(PrinterTest, AnEmptyJobIsNoJob) {
  start(zpl_printer());
  EXPECT_EQ(print("").result, PrintResult::rejected);
  EXPECT_EQ(printed(), 0U);
}

TEST_F(PrinterTest, TroubleIsKnownBeforeAByteIsSentAndWhenItIsOver) {
  start(zpl_printer());
  struct Trouble {
    bool PrinterState::*what;
    const char* word;
  };
  for (const Trouble& trouble :
       {Trouble{&PrinterState::media_empty, "media-empty"},
        Trouble{&PrinterState::head_open, "cover-open"},
        Trouble{&PrinterState::ribbon_empty, "marker-supply-empty"},
        Trouble{&PrinterState::head_hot, "head-hot"}, Trouble{&PrinterState::paused, "paused"}}) {
    fake_->change([&](PrinterState& state) { state.*trouble.what = true; });
    const Status ready = printer().ready();
    ASSERT_FALSE(ready) << trouble.word;
    EXPECT_EQ(ready.error().code, trouble.word);
    EXPECT_EQ(devices_->until(DeviceRole::printer, trouble.word).reason, trouble.word);
    fake_->change([&](PrinterState& state) { state.*trouble.what = false; });
    devices_->until(DeviceRole::printer, "");
    EXPECT_TRUE(printer().ready());
  }
  EXPECT_EQ(printed(), 0U);
}

TEST_F(PrinterTest, TroubleWhileItPrintsLeavesADoubt) {
  PrinterOptions slow = zpl_printer();
  slow.prints_by_hand = true;
  start(slow);
  ASSERT_TRUE(printer().ready());
  auto job = begin(zpl_job());
  ASSERT_TRUE(bus_.wait_until([&] { return fake_->waiting() == 1; }));
  fake_->change([](PrinterState& state) { state.media_empty = true; });
  const Outcome outcome = end_of(job);
  EXPECT_EQ(outcome.result, PrintResult::unknown);
  EXPECT_EQ(outcome.reason, "media-empty");
}

TEST_F(PrinterTest, ASlowPrinterIsWaitedForAndAnswersOnce) {
  PrinterOptions slow = zpl_printer();
  slow.prints_by_hand = true;
  start(slow);
  ASSERT_TRUE(printer().ready());
  auto job = begin(zpl_job());
  ASSERT_TRUE(bus_.wait_until([&] { return fake_->waiting() == 1; }));
  EXPECT_EQ(job.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  fake_->finish_label();
  EXPECT_EQ(end_of(job).result, PrintResult::printed);
}

// The deadline is for printers that are dead, not for those that somebody has paused.
TEST_F(PrinterTest, PausedWithTheLabelInsideItIsWaitedForBeyondAnyDeadline) {
  start(zpl_printer());
  ASSERT_TRUE(printer().ready());
  fake_->change([](PrinterState& state) { state.paused = true; });
  auto job = begin(zpl_job(), kShort);
  devices_->until(DeviceRole::printer, "paused");
  EXPECT_EQ(job.wait_for(std::chrono::microseconds(3 * kShort.us)), std::future_status::timeout);
  fake_->change([](PrinterState& state) { state.paused = false; });
  EXPECT_EQ(end_of(job).result, PrintResult::printed);
  EXPECT_EQ(printed(), 1U);
}

TEST_F(PrinterTest, PausedAndTakingNoDataItIsWaitedForBeyondAnyDeadline) {
  PrinterOptions clone = cheap_clone();
  clone.refuses_while_stopped = true;
  start(clone, "zpl");
  fake_->change([](PrinterState& state) { state.paused = true; });
  auto job = begin(zpl_job(), kShort);
  EXPECT_EQ(job.wait_for(std::chrono::microseconds(3 * kShort.us)), std::future_status::timeout);
  EXPECT_EQ(fake_->received().size(), 0U);
  fake_->change([](PrinterState& state) { state.paused = false; });
  EXPECT_EQ(end_of(job).result, PrintResult::printed);
  EXPECT_EQ(printed(), 1U);
}

TEST_F(PrinterTest, WhoStopsWaitingBeforeAByteWasTakenHasNoLabel) {
  PrinterOptions stuck = zpl_printer();
  start(stuck);
  fake_->usb().limit(FakePrinter::kOut, 0);
  auto job = begin(zpl_job());
  ASSERT_TRUE(bus_.wait_until([&] { return fake_->usb().waiting(FakePrinter::kOut) > 0; }));
  printer().stop("SF1-1");
  const Outcome outcome = end_of(job);
  EXPECT_EQ(outcome.result, PrintResult::rejected);
  EXPECT_EQ(outcome.reason, "stopped");
  EXPECT_EQ(outcome.bytes_moved, 0U);
}

TEST_F(PrinterTest, WhoStopsWaitingInTheMiddleMayHaveOne) {
  start(zpl_printer());
  fake_->usb().limit(FakePrinter::kOut, 1'000);
  auto job = begin(zpl_job());
  ASSERT_TRUE(bus_.wait_until([&] { return fake_->received().size() >= 1'000; }));
  printer().stop("SF1-1");
  const Outcome outcome = end_of(job);
  EXPECT_EQ(outcome.result, PrintResult::unknown);
  EXPECT_EQ(outcome.bytes_moved, 1'000U);
  // The rest of the half label must not swallow the next one.
  fake_->usb().unlimit(FakePrinter::kOut);
  ASSERT_TRUE(printer().ready());
  EXPECT_EQ(fake_->unfinished(), 0U);
  auto next = begin(zpl_job(500, 'N'), Duration::seconds(20), "SF1-2");
  const Outcome second = end_of(next);
  EXPECT_EQ(second.result, PrintResult::printed) << second.reason;
  ASSERT_EQ(printed(), 1U);
  EXPECT_EQ(text_of(fake_->printed()[0]), zpl_job(500, 'N'));
}

TEST_F(PrinterTest, ADeadPrinterRunsIntoTheDeadline) {
  start(zpl_printer());
  fake_->usb().limit(FakePrinter::kOut, 0);
  fake_->usb().hold_control(true);
  const Outcome outcome = print(zpl_job(), kShort);
  EXPECT_EQ(outcome.result, PrintResult::rejected);
  EXPECT_EQ(outcome.reason, "timed-out");
}

TEST_F(PrinterTest, ATalkativeOneThatFallsSilentLeavesADoubt) {
  start(zpl_printer());
  ASSERT_TRUE(printer().ready());
  fake_->set_answers(false);
  const Outcome outcome = print(zpl_job(), kShort);
  EXPECT_EQ(outcome.result, PrintResult::unknown);
  EXPECT_EQ(outcome.reason, "timed-out");
}

TEST_F(PrinterTest, GarbageInPlaceOfAnAnswerIsNoAnswer) {
  start(zpl_printer());
  ASSERT_TRUE(printer().ready());
  fake_->answer_next_with(Bytes(300, 0xA5));
  EXPECT_TRUE(printer().ready());
  fake_->answer_next_with({0x02, '0', '3', 0x03});
  EXPECT_EQ(print(zpl_job()).result, PrintResult::printed);
}

TEST_F(PrinterTest, AStallIsClearedAndTheNextJobPrints) {
  start(zpl_printer());
  ASSERT_TRUE(printer().ready());
  fake_->usb().halt(FakePrinter::kOut);
  const Outcome stalled = print(zpl_job());
  EXPECT_EQ(stalled.result, PrintResult::rejected);
  EXPECT_EQ(stalled.reason, "stalled");
  EXPECT_FALSE(fake_->usb().halted(FakePrinter::kOut));
  ASSERT_TRUE(printer().ready());
  EXPECT_EQ(print(zpl_job()).result, PrintResult::printed);
  EXPECT_EQ(printed(), 1U);
}

TEST_F(PrinterTest, AStallOfTheAnswersIsCleared) {
  start(zpl_printer());
  fake_->usb().halt(FakePrinter::kIn);
  EXPECT_TRUE(printer().ready());
  EXPECT_TRUE(printer().ready());
  EXPECT_FALSE(fake_->usb().halted(FakePrinter::kIn));
}

TEST_F(PrinterTest, AnIdThatNobodyKnowsNeedsTheConfiguration) {
  PrinterOptions unknown = zpl_printer();
  unknown.device_id = "MFG:Nobody;MDL:Label Thing;";
  start(unknown);
  EXPECT_EQ(devices_->until(DeviceRole::printer, "unknown-language").driver, "");
  EXPECT_EQ(printer().ready().error().code, "offline");
  devices_.reset();
  fake_.reset();
  start(unknown, "zpl");
  EXPECT_EQ(devices_->until(DeviceRole::printer, "").driver, "zpl");
}

TEST_F(PrinterTest, ALanguageThatWeDoNotSpeakIsSaid) {
  PrinterOptions other = zpl_printer();
  other.device_id = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88VI;";
  start(other);
  const auto state = devices_->until(DeviceRole::printer, "not-spoken");
  EXPECT_NE(state.detail.find("escpos"), std::string::npos) << state.detail;
}

TEST_F(PrinterTest, WithoutAnIdTheConfigurationIsEnough) {
  PrinterOptions nameless = zpl_printer();
  start(nameless, "zpl", [](FakePrinter& fake) {
    fake.set_device_id(std::nullopt);
    fake.set_port_status(std::nullopt);
  });
  devices_->until(DeviceRole::printer, "");
  EXPECT_EQ(print(zpl_job()).result, PrintResult::printed);
}

TEST_F(PrinterTest, TheKernelsPrinterDriverGetsItBack) {
  start(zpl_printer());
  EXPECT_EQ(fake_->usb().driver(0), "usbfs");
  devices_.reset();
  EXPECT_EQ(fake_->usb().driver(0), "usblp");
}

TEST_F(PrinterTest, TwoPrintersPrintTheirOwnAtOnce) {
  PrinterOptions a = zpl_printer(), b = tspl_printer();
  a.identity.serial = "A";
  b.identity.serial = "B";
  b.port = "1-4";
  FakePrinter front(bus_, a), back(bus_, b);
  front.usb().plug();
  back.usb().plug();
  drivers::DevicesOptions held;
  held.printers = {"front", "back"};
  held.bindings = {printer_binding("A", "front"), printer_binding("B", "back")};
  HeldDevices devices(bus_, std::move(held));
  const std::string zpl = zpl_job(100'000), tspl = tspl_job(100'000);
  auto first = std::async(std::launch::async, [&] {
    return devices->printer("front").print({"A-1", zpl, {}}, Duration::seconds(20));
  });
  auto second = std::async(std::launch::async, [&] {
    return devices->printer("back").print({"B-1", tspl, {}, "tspl"}, Duration::seconds(20));
  });
  EXPECT_EQ(end_of(first).result, PrintResult::printed);
  EXPECT_EQ(end_of(second).result, PrintResult::printed);
  ASSERT_EQ(front.printed().size(), 1U);
  ASSERT_EQ(back.printed().size(), 1U);
}

}  // namespace
}  // namespace packbench::test
