// The emulated scanners, printers and scales, seen through plain libusb.
#include <gtest/gtest.h>

#include "tests/usb/fake_printer.h"
#include "tests/usb/fake_scale.h"
#include "tests/usb/fake_scanner.h"
#include "tests/usb/plain_libusb.h"

namespace packbench::test {
namespace {

class EmulatedDevice : public ::testing::Test {
 protected:
  // Plugs it in and takes it from the kernel. libusb finds what was there before it; so several
  // devices are plugged in before the first of them is used.
  Handle use(FakeDevice& device) {
    device.plug();
    if (!libusb_) libusb_ = open_libusb();
    return take_device(libusb_, device);
  }

  FakeBus bus_;
  Context libusb_;
};

std::string ask(const Handle& printer, const std::string& question) {
  EXPECT_EQ(write_to(printer, FakePrinter::kOut, bytes_of(question)).code, 0);
  const Moved answer = read_from(printer, FakePrinter::kIn, 512, 100);
  return answer.code == 0 ? text_of(answer.bytes) : libusb_error_name(answer.code);
}

TEST_F(EmulatedDevice, PosScannerSpreadsALongCodeOverItsReports) {
  FakePosScanner scanner(bus_);
  const Handle handle = use(scanner.usb());
  const Bytes descriptor = request_in(handle, 0x81, 6, 0x2200, 0, 255).bytes;
  EXPECT_EQ(descriptor, pos_scanner_descriptor({}));
  EXPECT_EQ((Bytes(descriptor.begin(), descriptor.begin() + 4)), (Bytes{0x05, 0x8C, 0x09, 0x02}));
  scanner.scan(std::string(56, 'a') + "bc", "]d2");
  const Bytes first = read_from(handle, 0x81).bytes, second = read_from(handle, 0x81).bytes;
  EXPECT_EQ(text_of(first), "\x02\x38]d2" + std::string(56, 'a') + "\x01");
  EXPECT_EQ(text_of(second).substr(0, 7), "\x02\x02]d2bc");
  EXPECT_EQ(second.back(), 0);
}

TEST_F(EmulatedDevice, KeyboardScannerPressesAndReleases) {
  FakeKeyboardScanner scanner(bus_);
  const Handle handle = use(scanner.usb());
  scanner.scan("A?");
  const std::vector<Bytes> wanted = {{kShift, 0, 0x04, 0, 0, 0, 0, 0}, Bytes(8),
                                     {kShift, 0, 0x38, 0, 0, 0, 0, 0}, Bytes(8),
                                     {0, 0, 0x28, 0, 0, 0, 0, 0},      Bytes(8)};
  for (const Bytes& report : wanted) EXPECT_EQ(read_from(handle, 0x81, 8).bytes, report);
  scanner.type_alt_code("029");
  EXPECT_EQ(read_from(handle, 0x81, 8).bytes, (Bytes{kLeftAlt, 0, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(read_from(handle, 0x81, 8).bytes, (Bytes{kLeftAlt, 0, 0x62, 0, 0, 0, 0, 0}));
}

TEST(Keyboard, TypesAllOfAscii) {
  for (char c = ' '; c <= '~'; ++c) EXPECT_EQ(us_strokes(std::string(1, c)).size(), 1U) << c;
  EXPECT_EQ(us_strokes("0")[0].key, 0x27);
  EXPECT_EQ(us_strokes("-")[0].key, 0x2D);
  EXPECT_EQ(us_strokes(";")[0].key, 0x33);
}

TEST_F(EmulatedDevice, SerialScannerKeepsItsLineSettings) {
  FakeSerialScanner scanner(bus_);
  const Handle handle = use(scanner.usb());
  ASSERT_EQ(libusb_claim_interface(handle.get(), 1), 0);
  Bytes coding = {0x00, 0xC2, 0x01, 0x00, 0, 0, 8};
  EXPECT_EQ(libusb_control_transfer(handle.get(), 0x21, 0x20, 0, 0, coding.data(), 7, 1000), 7);
  EXPECT_EQ(libusb_control_transfer(handle.get(), 0x21, 0x22, 3, 0, nullptr, 0, 1000), 0);
  EXPECT_EQ(scanner.line_coding(), coding);
  EXPECT_EQ(scanner.control_lines(), 3);
  scanner.scan("4006381333931", "\r\n");
  EXPECT_EQ(text_of(read_from(handle, 0x81).bytes), "4006381333931\r\n");
}

TEST_F(EmulatedDevice, ZplPrinterTellsOfItselfAndPrints) {
  FakePrinter printer(bus_, zpl_printer());
  const Handle handle = use(printer.usb());
  const Bytes id = request_in(handle, 0xA1, 0, 0, 0, 1024).bytes;
  ASSERT_GT(id.size(), 2U);
  EXPECT_EQ((static_cast<std::size_t>(id[0]) << 8U) + id[1], id.size());
  EXPECT_EQ(request_in(handle, 0xA1, 1, 0, 0, 1).bytes, Bytes{0x18});
  EXPECT_EQ(ask(handle, "~HS").substr(0, 8),
            "\x02"
            "030,0,0");
  EXPECT_EQ(write_to(handle, 0x01, bytes_of("^XA^FO1,1^FDa~HSb^FS")).code, 0);
  EXPECT_GT(printer.unfinished(), 0U);
  EXPECT_EQ(write_to(handle, 0x01, bytes_of("^PQ2^XZ\n")).code, 0);
  EXPECT_EQ(printer.printed(), std::vector<Bytes>(2, bytes_of("^XA^FO1,1^FDab^FS^PQ2^XZ")));
  EXPECT_EQ(libusb_control_transfer(handle.get(), 0x21, 2, 0, 0, nullptr, 0, 1000), 0);
  EXPECT_EQ(printer.soft_resets(), 1U);
}

TEST_F(EmulatedDevice, ZplPrinterHoldsLabelsWhileItIsInTrouble) {
  FakePrinter printer(bus_, zpl_printer());
  const Handle handle = use(printer.usb());
  const Bytes label = bytes_of("^XA^FDx^FS^XZ");
  printer.change([](PrinterState& state) { state.paused = true; });
  EXPECT_EQ(write_to(handle, 0x01, label).code, 0);
  EXPECT_EQ(ask(handle, "~HS").substr(0, 8),
            "\x02"
            "030,0,1");
  EXPECT_EQ(printer.waiting(), 1U);
  printer.change([](PrinterState& state) { state.paused = false; });
  EXPECT_EQ(printer.printed().size(), 1U);
  printer.change([](PrinterState& state) { state.head_open = state.media_empty = true; });
  EXPECT_EQ(ask(handle, "~HS"), "LIBUSB_ERROR_TIMEOUT");
  EXPECT_NE(ask(handle, "~HQES").find("ERRORS:         1 00000000 00000005"), std::string::npos);
  EXPECT_EQ(request_in(handle, 0xA1, 1, 0, 0, 1).bytes, Bytes{0x30});
  EXPECT_EQ(write_to(handle, 0x01, label + label).code, 0);
  EXPECT_EQ(write_to(handle, 0x01, bytes_of("~JA")).code, 0);
  EXPECT_EQ(printer.cancelled(), 2U);
  printer.change([](PrinterState& state) { state = {}; });
  EXPECT_EQ(printer.printed().size(), 1U);
}

TEST_F(EmulatedDevice, TsplPrinterTakesPicturesForWhatTheyAre) {
  FakePrinter printer(bus_, tspl_printer());
  const Handle handle = use(printer.usb());
  const std::string picture = "\x1B!S\nPRINT 9\r\n!";  // 14 bytes that are no commands
  ASSERT_EQ(picture.size() % 2, 0U);
  const std::string job = "SIZE 100 mm,150 mm\r\nCLS\r\nBITMAP 0,0,2," +
                          std::to_string(picture.size() / 2) + ",0," + picture +
                          "\r\nPRINT 1,2\r\n";
  EXPECT_EQ(write_to(handle, 0x01, bytes_of(job)).code, 0);
  EXPECT_EQ(printer.printed(), std::vector<Bytes>(2, bytes_of(job)));
  EXPECT_EQ(ask(handle, "\x1B!?"), std::string(1, '\0'));
  EXPECT_EQ(ask(handle, "\x1B!S"), "\x02@@@@\x03\r\n");
  printer.change([](PrinterState& state) { state.media_empty = state.paused = true; });
  EXPECT_EQ(ask(handle, "\x1B!?"), "\x14");
  EXPECT_EQ(ask(handle, "\x1B!S"),
            "\x02"
            "E@@A\x03\r\n");
  EXPECT_EQ(write_to(handle, 0x01, bytes_of(job)).code, 0);
  EXPECT_EQ(write_to(handle, 0x01, bytes_of("\x1B!.")).code, 0);
  EXPECT_EQ(printer.cancelled(), 2U);
}

TEST_F(EmulatedDevice, CheapCloneTakesEverythingAndSaysNothing) {
  PrinterOptions options = cheap_clone();
  options.prints_by_hand = options.drops_while_printing = true;
  FakePrinter printer(bus_, options);
  printer.set_port_status(std::nullopt);
  const Handle handle = use(printer.usb());
  EXPECT_EQ(request_in(handle, 0xA1, 1, 0, 0, 1).code, LIBUSB_ERROR_PIPE);
  EXPECT_EQ(write_to(handle, 0x01, bytes_of("~HS^XA^FDone^FS^XZ")).code, 0);
  EXPECT_EQ(write_to(handle, 0x01, bytes_of("^XA^FDtwo^FS^XZ")).code, 0);
  printer.finish_label();
  EXPECT_EQ(printer.printed(), std::vector<Bytes>{bytes_of("^XA^FDone^FS^XZ")});
  EXPECT_EQ(printer.dropped(), 1U);
}

TEST_F(EmulatedDevice, PrinterTakesNoMoreThanItsBufferHolds) {
  PrinterOptions options = zpl_printer();
  options.buffer_bytes = 1'000;
  FakePrinter printer(bus_, options);
  const Handle handle = use(printer.usb());
  const EventThread events(libusb_);
  printer.change([](PrinterState& state) { state.paused = true; });
  const Bytes label = bytes_of("^XA^FD" + std::string(590, 'x') + "^XZ");
  ASSERT_EQ(label.size(), 599U);
  Transfer transfer(bus_, handle, 0x01, label + label);
  ASSERT_TRUE(bus_.wait_until([&] { return printer.usb().out_bytes(0x01) == 1'000; }));
  EXPECT_FALSE(transfer.done());
  printer.change([](PrinterState& state) { state.paused = false; });
  ASSERT_TRUE(transfer.wait());
  EXPECT_EQ(transfer.moved(), 1'198);
  EXPECT_EQ(printer.printed().size(), 2U);
}

TEST_F(EmulatedDevice, PausedPrinterOfTheOtherKindTakesNothing) {
  PrinterOptions options = tspl_printer();
  options.refuses_while_stopped = true;
  FakePrinter printer(bus_, options);
  const Handle handle = use(printer.usb());
  printer.change([](PrinterState& state) { state.head_open = true; });
  const Moved refused = write_to(handle, 0x01, bytes_of("\x1B!?"), 20);
  EXPECT_EQ(refused.code, LIBUSB_ERROR_TIMEOUT);
  EXPECT_EQ(refused.count, 0);
  printer.change([](PrinterState& state) { state.head_open = false; });
  EXPECT_EQ(ask(handle, "\x1B!?"), std::string(1, '\0'));
}

TEST_F(EmulatedDevice, ScaleKeepsOnlyItsNewestReport) {
  FakeScale scale(bus_);
  const Handle handle = use(scale.usb());
  scale.set(ScaleStatus::in_motion, 800);
  scale.set(ScaleStatus::stable, 1135, ScaleUnit::ounce, -1);
  EXPECT_EQ(read_from(handle, 0x81, 8).bytes, (Bytes{3, 4, 11, 255, 111, 4}));
  EXPECT_EQ(read_from(handle, 0x81, 8, 20).code, LIBUSB_ERROR_TIMEOUT);
  EXPECT_EQ(request_in(handle, 0xA1, 1, 0x0103, 0, 64).bytes, (Bytes{3, 4, 11, 255, 111, 4}));
}

TEST_F(EmulatedDevice, TwoScannersAndTwoPrintersAtOnce) {
  FakePosScanner left(bus_, {.port = "1-1.1"});
  FakeKeyboardScanner right(bus_, {.port = "1-1.2"});
  PrinterOptions second = tspl_printer();
  second.port = "1-3";
  FakePrinter zpl(bus_, zpl_printer()), tspl(bus_, second);
  for (FakeDevice* device : {&left.usb(), &right.usb(), &zpl.usb(), &tspl.usb()}) device->plug();
  const Handle a = use(left.usb()), b = use(right.usb());
  const Handle c = use(zpl.usb()), d = use(tspl.usb());
  const EventThread events(libusb_);
  zpl.usb().limit(0x01, 100);
  tspl.usb().limit(0x01, 100);
  const Bytes job_c = bytes_of("^XA^FD" + std::string(5'000, 'c') + "^XZ");
  const Bytes job_d = bytes_of("CLS\r\n" + std::string(5'000, 'd') + "\r\nPRINT 1\r\n");
  Transfer to_c(bus_, c, 0x01, job_c), to_d(bus_, d, 0x01, job_d);
  Transfer from_a(bus_, a, 0x81, Bytes(64)), from_b(bus_, b, 0x81, Bytes(8));
  right.scan("R");
  ASSERT_TRUE(from_b.wait());
  EXPECT_FALSE(from_a.done() || to_c.done() || to_d.done());
  tspl.usb().unlimit(0x01);
  ASSERT_TRUE(to_d.wait());
  EXPECT_FALSE(from_a.done() || to_c.done());
  left.scan("L");
  ASSERT_TRUE(from_a.wait());
  zpl.usb().unlimit(0x01);
  ASSERT_TRUE(to_c.wait());
  EXPECT_EQ(zpl.printed(), std::vector<Bytes>{job_c});
  EXPECT_EQ(tspl.printed(), std::vector<Bytes>{job_d});
  for (FakeDevice* device : {&left.usb(), &right.usb(), &zpl.usb(), &tspl.usb()})
    EXPECT_TRUE(device->misuse().empty());
}

}  // namespace
}  // namespace packbench::test
