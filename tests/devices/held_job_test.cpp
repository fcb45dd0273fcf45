// What a printer still holds of one job when the next one is due.
#include "tests/devices/printer_fixture.h"

namespace packbench::test {
namespace {

using ports::DeviceRole;

struct HeldJobTest : PrinterTest {};

TEST_F(HeldJobTest, AnAbandonedLabelIsNotPrintedBesideTheNext) {
  start(zpl_printer());
  ASSERT_TRUE(printer().ready());
  fake_->change([](PrinterState& state) { state.paused = true; });
  auto job = begin(zpl_job(500, 'A'));
  devices_->until(DeviceRole::printer, "paused");
  ASSERT_TRUE(bus_.wait_until([&] { return fake_->waiting() == 1; }));
  printer().stop("SF1-1");
  EXPECT_EQ(end_of(job).result, PrintResult::unknown);
  EXPECT_FALSE(printer().ready());
  fake_->change([](PrinterState& state) { state.paused = false; });
  devices_->until(DeviceRole::printer, "");
  ASSERT_TRUE(printer().ready());
  auto next = begin(zpl_job(500, 'B'), Duration::seconds(20), "SF1-2");
  EXPECT_EQ(end_of(next).result, PrintResult::printed);
  ASSERT_EQ(printed(), 1U);
  EXPECT_EQ(text_of(fake_->printed()[0]), zpl_job(500, 'B'));
}

// A card waits behind a slip of a manifest; the card is stopped first, then the slip.
TEST_F(HeldJobTest, AJobThatWasStoppedBeforeItBeganStaysSoWhenAnotherIsStopped) {
  start(zpl_printer());
  ASSERT_TRUE(printer().ready());
  fake_->usb().limit(FakePrinter::kOut, 1'000);
  auto slip = begin(zpl_job(), Duration::seconds(20), "slip");
  ASSERT_TRUE(bus_.wait_until([&] { return fake_->received().size() >= 1'000; }));
  printer().stop("card");
  printer().stop("slip");
  EXPECT_EQ(end_of(slip).result, PrintResult::unknown);
  fake_->usb().unlimit(FakePrinter::kOut);
  ASSERT_TRUE(printer().ready());
  auto card = begin(zpl_job(), Duration::seconds(20), "card");
  EXPECT_NE(end_of(card).result, PrintResult::printed);
  EXPECT_EQ(printed(), 0U);
}

// It cannot be told to forget while it takes no data: then nothing new may be sent either.
TEST_F(HeldJobTest, AHalfLabelStaysInTheWayUntilThePrinterHasForgottenIt) {
  start(zpl_printer());
  ASSERT_TRUE(printer().ready());
  fake_->usb().limit(FakePrinter::kOut, 1'000);
  auto job = begin(zpl_job());
  ASSERT_TRUE(bus_.wait_until([&] { return fake_->received().size() >= 1'000; }));
  printer().stop("SF1-1");
  EXPECT_EQ(end_of(job).result, PrintResult::unknown);
  fake_->usb().refuse({StepKind::control, {}}, 1, EPIPE);
  const Status blocked = printer().ready();
  ASSERT_FALSE(blocked);
  EXPECT_EQ(blocked.error().code, "takes-no-data");
  fake_->usb().unlimit(FakePrinter::kOut);
  ASSERT_TRUE(printer().ready());
  EXPECT_EQ(fake_->unfinished(), 0U);
  EXPECT_GE(fake_->cancelled() + fake_->soft_resets(), 1U);
}

// Its high-water mark, while it prints the first rows of what it has just taken.
TEST_F(HeldJobTest, AFullBufferAfterTheLastByteIsNoDoubt) {
  start(tspl_printer());
  ASSERT_TRUE(printer().ready());
  constexpr std::size_t kSecondQuestion = 3;  // after the job and the first one
  bool full = false;
  fake_->usb().on_step({StepKind::submitted, FakePrinter::kOut}, kSecondQuestion, Moment::before,
                       [&] {
                         full = true;
                         fake_->answer_next_with({0x02, 'P', 'H', '@', '@', 0x03, '\r', '\n'});
                       });
  EXPECT_EQ(print(tspl_job(500)).result, PrintResult::printed);
  EXPECT_TRUE(full);
}

// A printer that says nothing says nothing of its recovery: nobody is told that it is well again,
// for a label of which no byte was taken would be sent again and again.
TEST_F(HeldJobTest, AMutePrinterThatTookNothingIsNotWellByItself) {
  PrinterOptions clone = cheap_clone();
  start(clone, "zpl");
  ASSERT_TRUE(printer().ready());
  fake_->usb().halt(FakePrinter::kOut);
  EXPECT_EQ(print(zpl_job()).result, PrintResult::rejected);
  const std::size_t before = fake_->usb().count({StepKind::control, {}});
  ASSERT_TRUE(bus_.wait_until([&] {
    return fake_->usb().count({StepKind::control, {}}) >= before + 3;
  }));
  devices_->until(DeviceRole::printer, "stalled");
  ASSERT_TRUE(printer().ready());
  EXPECT_EQ(print(zpl_job()).result, PrintResult::printed);
  devices_->until(DeviceRole::printer, "");
}

// The cable was pulled and the printer kept its power: half a label is still in it.
TEST_F(HeldJobTest, HalfALabelIsForgottenAlsoAfterReplugging) {
  start(zpl_printer());
  ASSERT_TRUE(printer().ready());
  fake_->usb().after_bytes(FakePrinter::kOut, fake_->usb().out_bytes(FakePrinter::kOut) + 1'000,
                           [&] { fake_->usb().unplug(); });
  EXPECT_EQ(print(zpl_job()).result, PrintResult::unknown);
  devices_->until(DeviceRole::printer, "offline");
  const std::size_t resets = fake_->soft_resets();
  fake_->usb().plug();
  devices_->until(DeviceRole::printer, "");
  ASSERT_TRUE(printer().ready());
  EXPECT_EQ(fake_->soft_resets(), resets + 1);
}

TEST_F(HeldJobTest, SilenceWithTheHeadOpenIsNotHeldAgainstIt) {
  PrinterOptions options = zpl_printer();
  options.zpl.errors_in_trouble = false;
  start(options, "", [](FakePrinter& fake) {
    fake.change([](PrinterState& state) { state.head_open = true; });
  });
  const auto asked = [&] { return fake_->usb().count({StepKind::submitted, FakePrinter::kOut}); };
  const std::size_t before = asked();
  ASSERT_TRUE(bus_.wait_until([&] { return asked() >= before + 10; }));
  fake_->change([](PrinterState& state) { state.head_open = false; });
  devices_->until(DeviceRole::printer, "");
  fake_->change([](PrinterState& state) { state.paused = true; });
  devices_->until(DeviceRole::printer, "paused");
}

}  // namespace
}  // namespace packbench::test
