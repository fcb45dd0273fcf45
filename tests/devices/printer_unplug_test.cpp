// A printer that leaves: before, during and after each step of its protocol. Whatever it took is
// told exactly, and nothing is ever sent twice.
#include "tests/devices/printer_fixture.h"

namespace packbench::test {
namespace {

using ports::DeviceRole;

TEST_F(PrinterTest, AwayItTakesNoJob) {
  start(zpl_printer());
  fake_->usb().unplug();
  devices_->until(DeviceRole::printer, "offline");
  EXPECT_EQ(printer().ready().error().code, "offline");
  const Outcome outcome = print(zpl_job());
  EXPECT_EQ(outcome.result, PrintResult::rejected);
  EXPECT_EQ(outcome.reason, "offline");
}

TEST_F(PrinterTest, PulledOutWhileItTakesTheJobTheCountIsExact) {
  for (const std::size_t taken :
       {std::size_t{0}, std::size_t{1}, std::size_t{512}, std::size_t{4'000}, zpl_job().size()}) {
    start(zpl_printer());
    ASSERT_TRUE(printer().ready());
    fake_->usb().limit(FakePrinter::kOut, taken);
    const std::size_t before = fake_->received().size();
    auto job = begin(zpl_job());
    ASSERT_TRUE(bus_.wait_until([&] {
      return fake_->received().size() - before >= taken &&
             (taken == zpl_job().size() || fake_->usb().waiting(FakePrinter::kOut) > 0);
    }));
    fake_->usb().unplug();
    const Outcome outcome = end_of(job);
    // What a controller counts of a job that was under way is not to be trusted, not even none.
    EXPECT_EQ(outcome.result, PrintResult::unknown) << taken;
    EXPECT_EQ(outcome.bytes_moved, taken);
    EXPECT_EQ(outcome.reason, "offline");
    devices_.reset();
    fake_.reset();
  }
}

TEST_F(PrinterTest, BackAgainItPrintsAndNothingOfBefore) {
  start(zpl_printer());
  ASSERT_TRUE(printer().ready());
  fake_->usb().limit(FakePrinter::kOut, 700);
  auto job = begin(zpl_job());
  ASSERT_TRUE(bus_.wait_until([&] { return fake_->received().size() >= 700; }));
  fake_->usb().unplug();
  EXPECT_EQ(end_of(job).result, PrintResult::unknown);
  // Or what is told of it below would still be how it was before.
  devices_->until(DeviceRole::printer, "offline");
  fake_->usb().unlimit(FakePrinter::kOut);
  devices_->until(DeviceRole::printer, "offline");
  fake_->usb().plug();
  devices_->until(DeviceRole::printer, "");
  ASSERT_TRUE(printer().ready());
  auto next = begin(zpl_job(300, 'N'), Duration::seconds(20), "SF1-2");
  EXPECT_EQ(end_of(next).result, PrintResult::printed);
  ASSERT_EQ(printed(), 1U);
  EXPECT_EQ(text_of(fake_->printed()[0]), zpl_job(300, 'N'));
}

// Every step of being asked and of printing, on printers that answer and on those that do not.
TEST_F(PrinterTest, LeavingAtAnyStepOfAJobItIsAnsweredOnceAndTruly) {
  for (const bool answers : {true, false}) {
    PrinterOptions options = zpl_printer();
    options.answers = answers;
    start(options);
    fake_->usb().clear_steps();
    ASSERT_TRUE(printer().ready());
    ASSERT_EQ(print(zpl_job()).result, PrintResult::printed);
    const std::size_t steps = fake_->usb().steps().size();
    ASSERT_GT(steps, 6U);
    for (const Moment moment : {Moment::before, Moment::after}) {
      // A silent one takes its time for every question that it leaves unanswered.
      if (!answers && moment == Moment::before) continue;
      for (std::size_t step = 1; step <= steps; step += answers ? 1 : 2) {
        devices_.reset();
        fake_.reset();
        start(options);
        fake_->usb().on_step({}, step, moment, [&] { fake_->usb().unplug(); });
        Outcome outcome{PrintResult::rejected, "not-ready", 0};
        if (printer().ready()) outcome = print(zpl_job());
        const bool whole = printed() == 1;
        EXPECT_LE(printed(), 1U);
        if (whole) {
          EXPECT_NE(outcome.result, PrintResult::rejected) << "step " << step;
        }
        if (outcome.result == PrintResult::rejected) {
          EXPECT_EQ(outcome.bytes_moved, 0U);
        }
        if (outcome.result == PrintResult::printed) {
          EXPECT_TRUE(whole);
        }
        fake_->usb().forget_triggers();
      }
    }
    devices_.reset();
    fake_.reset();
  }
}

}  // namespace
}  // namespace packbench::test
