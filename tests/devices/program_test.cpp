// The program itself, unchanged, on an emulated bus: a bench with a scanner, a printer and a scale.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "label/label.h"
#include "label/symbol.h"
#include "label/zpl.h"
#include "tests/support/data_directory.h"
#include "tests/usb/fake_printer.h"
#include "tests/usb/fake_scale.h"
#include "tests/usb/fake_scanner.h"

namespace packbench::test {
namespace {

using Json = nlohmann::json;

constexpr const char* kOrder = "SO-0001";
constexpr const char* kMug = "4006381333931";
constexpr const char* kShirt = "5901234123457";
constexpr const char* kWaybill = "SF1000000000001";

class ProgramTest : public testing::Test {
 protected:
  explicit ProgramTest(Hubs hubs = Hubs::root) : bus_(hubs) {}

  void SetUp() override {
    data_.write("operators.csv",
                "badge,name,role,pin\n1001,Li Xiuying,packer,\n9001,Chen,supervisor,2468\n");
    data_.write(
        "products.jsonl",
        R"({"sku":"MUG","name":"Mug","barcodes":[{"code":"4006381333931"}],"weight_g":380})"
        "\n"
        R"({"sku":"TEE","name":"Shirt","barcodes":[{"code":"5901234123457"}],"weight_g":210})"
        "\n");
    data_.write(
        "orders.jsonl",
        R"({"number":"SO-0001","platform":"taobao","shop":"demo","receiver":{"name":"王小明",)"
        R"("phone":"13810007919","province":"浙江省","city":"杭州市","address":"文三路 118 号"},)"
        R"("lines":[{"sku":"MUG","quantity":1},{"sku":"TEE","quantity":1}]})"
        "\n");
    data_.write("waybills.csv",
                "carrier,service,number\nSF,,SF1000000000001\nSF,,SF1000000000002\n");
    configure("printer = \"usb\"\n");
    EXPECT_EQ(run({"import", data_.path("operators.csv"), data_.path("products.jsonl"),
                   data_.path("orders.jsonl"), data_.path("waybills.csv")})
                  .first,
              0);
  }

  void configure(const std::string& more) {
    data_.write("packbench.toml", "language = \"en\"\n" + more + "[weight]\nscale = true\n");
  }

  std::vector<std::string> command(std::vector<std::string> words) const {
    words.insert(words.begin(), PACKBENCH_PROGRAM);
    words.insert(words.end(), {"--data", data_.path()});
    return words;
  }

  // A command inside the bus until it ends.
  std::pair<int, std::string> run(std::vector<std::string> words) {
    const auto child = bus_.start(command(std::move(words)));
    child->close_input();
    const std::string output = child->read_rest();
    return {child->wait(), output};
  }

  void plug_all() {
    scanner_.usb().plug();
    printer_.usb().plug();
    scale_.usb().plug();
  }

  void open_bench() {
    bench_ = bus_.start(command({"console", "--json"}));
    ASSERT_TRUE(bus_.wait_until([&] { return scanner_.is_read(); }));
  }

  // A scan, and what the bench answers.
  Json scan(const std::string& code, const std::string& aim = "]C0") {
    scanner_.scan(code, aim);
    return answer();
  }
  Json type(const std::string& line) {
    bench_->send(line + "\n");
    return answer();
  }
  Json answer() {
    const auto line = bench_->read_line();
    EXPECT_TRUE(line) << "no answer";
    return line ? Json::parse(*line) : Json();
  }
  static std::string phase(const Json& answer) { return answer.value("phase", ""); }
  static std::string alert(const Json& answer) {
    return answer["alert"].is_null() ? "" : answer["alert"]["code"].get<std::string>();
  }

  // Of no row in the table of scales: its descriptor alone tells how it is read.
  static ScaleOptions any_scale() {
    ScaleOptions options;
    options.identity.vendor = 0x1234;
    return options;
  }

  // Up to the last item.
  void pack() {
    EXPECT_EQ(phase(scan("1001")), "awaiting_order");
    EXPECT_EQ(phase(scan(kOrder)), "packing");
    EXPECT_EQ(phase(scan(kMug, "]E0")), "packing");
  }

  // What a scanner reads as Code 128 from what the printer got.
  static std::string code_of(const Bytes& job) {
    const auto page = label::read_zpl(text_of(job));
    if (!page) return page.error().text;
    return label::find_symbol(page.value(), label::Symbology::code128).value_or("no code");
  }

  // A printer that prints when the test says so, in place of the other, and an order packed up to
  // its last item.
  void start_bench_with_slow_printer() {
    printer_.usb().unplug();
    PrinterOptions options = zpl_printer();
    options.prints_by_hand = true;
    slow_ = std::make_unique<FakePrinter>(bus_, options);
    slow_->usb().plug();
    scanner_.usb().plug();
    scale_.usb().plug();
    open_bench();
    pack();
  }

  FakeBus bus_;
  DataDirectory data_;
  FakePosScanner scanner_{bus_};
  FakePrinter printer_{bus_, zpl_printer()};
  FakeScale scale_{bus_, any_scale()};
  std::unique_ptr<FakePrinter> slow_;
  std::unique_ptr<ChildProcess> bench_;
};

TEST_F(ProgramTest, FourScansAndNoTouchStageAnOrderOfTwoItems) {
  plug_all();
  open_bench();
  EXPECT_EQ(phase(scan("1001")), "awaiting_order");
  EXPECT_EQ(phase(scan(kOrder)), "packing");
  EXPECT_EQ(phase(scan(kMug, "]E0")), "packing");
  const Json printed = scan(kShirt, "]E0");
  EXPECT_EQ(phase(printed), "verifying_label") << printed;
  scale_.set(ScaleStatus::stable, 592);
  ASSERT_TRUE(bus_.wait_until([&] { return scale_.usb().queued(FakeScale::kIn) == 0; }));
  const Json staged = scan(kWaybill);
  EXPECT_EQ(phase(staged), "awaiting_order") << staged;
  EXPECT_EQ(staged["parcel"]["state"], "staged");
  EXPECT_EQ(staged["parcel"]["weight_g"], 592);

  ASSERT_EQ(printer_.printed().size(), 1U);
  const auto page = label::read_zpl(text_of(printer_.printed()[0]));
  ASSERT_TRUE(page) << "what the printer got is no label of ours";
  EXPECT_EQ(label::find_symbol(page.value(), label::Symbology::code128), kWaybill);
  bench_->close_input();
  EXPECT_EQ(bench_->wait(), 0);
  const Json story = Json::parse(run({"show", kOrder, "--json"}).second);
  EXPECT_NE(story.dump().find("592"), std::string::npos);
  // Everything is given back.
  EXPECT_EQ(scanner_.usb().driver(0), "usbhid");
  EXPECT_EQ(printer_.usb().driver(0), "usblp");
}

// The label comes out before the printer has said that it did; whoever sticks it on need not wait.
TEST_F(ProgramTest, ALabelMayBeScannedBeforeItsPrinterIsDone) {
  start_bench_with_slow_printer();
  scanner_.scan(kShirt, "]E0");
  ASSERT_TRUE(bus_.wait_until([&] { return slow_->waiting() == 1; }));
  scale_.set(ScaleStatus::stable, 592);
  ASSERT_TRUE(bus_.wait_until([&] { return scale_.usb().queued(FakeScale::kIn) == 0; }));
  scanner_.scan(kWaybill);
  EXPECT_EQ(phase(answer()), "printing");
  const Json staged = answer();
  EXPECT_EQ(staged["parcel"]["state"], "staged") << staged;
  EXPECT_EQ(slow_->printed().size(), 0U) << "it has not told yet";
}

TEST_F(ProgramTest, WhoStopsWaitingIsAskedAndNothingPrintsByItself) {
  start_bench_with_slow_printer();
  scanner_.scan(kShirt, "]E0");
  ASSERT_TRUE(bus_.wait_until([&] { return slow_->waiting() == 1; }));
  slow_->change([](PrinterState& state) { state.paused = true; });
  bench_->send("/printed no\n");
  EXPECT_EQ(phase(answer()), "printing");
  const Json doubt = answer();
  EXPECT_EQ(phase(doubt), "print_unknown") << doubt;
  slow_->change([](PrinterState& state) { state.paused = false; });
  EXPECT_EQ(phase(type("/view")), "print_unknown");
}

TEST_F(ProgramTest, PaperThatRunsOutStopsTheLabelUntilItIsLoaded) {
  plug_all();
  printer_.change([](PrinterState& state) { state.media_empty = true; });
  open_bench();
  pack();
  const Json stopped = scan(kShirt, "]E0");
  EXPECT_EQ(alert(stopped), "printer_fault") << stopped;
  EXPECT_NE(stopped["alert"]["text"].get<std::string>().find("out of labels"), std::string::npos);
  EXPECT_NE(stopped["alert"]["next"].get<std::string>().find("Load labels"), std::string::npos);
  EXPECT_EQ(printer_.printed().size(), 0U);
  printer_.change([](PrinterState& state) { state.media_empty = false; });
  // Nobody presses anything: it goes on by itself.
  ASSERT_TRUE(bus_.wait_until([&] { return printer_.printed().size() == 1; }));
  const Json view = type("/view");
  EXPECT_EQ(phase(view), "verifying_label") << view;
}

TEST_F(ProgramTest, PulledOutWhilePrintingItAsksAndPrintsOnlyWhenAnswered) {
  plug_all();
  open_bench();
  pack();
  printer_.usb().limit(FakePrinter::kOut, printer_.received().size() + 900);
  scanner_.scan(kShirt, "]E0");
  ASSERT_TRUE(bus_.wait_until([&] { return printer_.received().size() >= 900; }));
  printer_.usb().unplug();
  const Json doubt = answer();
  EXPECT_EQ(phase(doubt), "print_unknown") << doubt;
  printer_.usb().unlimit(FakePrinter::kOut);
  printer_.usb().plug();
  EXPECT_EQ(phase(type("/view")), "print_unknown");
  EXPECT_EQ(printer_.printed().size(), 0U);
  const Json again = type("/printed no");
  // At once, or as soon as the program has taken the printer up again.
  EXPECT_TRUE(bus_.wait_until([&] { return printer_.printed().size() == 1; })) << again;
}

TEST_F(ProgramTest, WithoutItsScaleTheBenchSaysSoAndGoesOnWhereItMay) {
  configure("printer = \"usb\"\n");
  scanner_.usb().plug();
  printer_.usb().plug();
  open_bench();
  pack();
  EXPECT_EQ(phase(scan(kShirt, "]E0")), "verifying_label");
  const Json refused = scan(kWaybill);
  EXPECT_EQ(alert(refused), "not_ready");
  EXPECT_EQ(refused["alert"]["params"]["reason"], "scale_away") << refused;
  EXPECT_NE(refused["alert"]["next"].get<std::string>().find("Connect the scale"),
            std::string::npos);
  bench_->close_input();
  EXPECT_EQ(bench_->wait(), 0);
  data_.write("packbench.toml",
              "language = \"en\"\nprinter = \"usb\"\n[weight]\nscale = true\nwithout_scale = "
              "\"skip\"\n");
  open_bench();
  const Json staged = scan(kWaybill);
  EXPECT_EQ(staged["parcel"]["state"], "staged") << staged;
}

TEST_F(ProgramTest, AManifestOnTheLabelPrinterCarriesItsCode) {
  plug_all();
  open_bench();
  EXPECT_EQ(phase(scan("1001")), "awaiting_order");
  const std::string id = type("/handover SF")["manifest"]["id"];
  EXPECT_EQ(phase(type("/close-manifest")), "awaiting_order");
  printer_.usb().unplug();
  const Json away = type("/print-manifest");
  EXPECT_EQ(alert(away), "manifest_not_printed") << away;
  EXPECT_NE(away["alert"]["text"].get<std::string>().find("not connected"), std::string::npos);
  EXPECT_NE(away["alert"]["next"].get<std::string>().find("Print manifest"), std::string::npos);
  printer_.usb().plug();
  ASSERT_TRUE(bus_.wait_until([&] { return printer_.usb().driver(0) == "usbfs"; }));
  // It has the printer; soon it has made friends with it, too.
  for (int tries = 0; tries < 1000 && printer_.printed().empty(); ++tries) type("/print-manifest");
  ASSERT_EQ(printer_.printed().size(), 1U);
  EXPECT_EQ(code_of(printer_.printed()[0]), id);
}

TEST_F(ProgramTest, ALabelFollowsASlipThatIsBeingPrintedAndIsNotDisturbed) {
  start_bench_with_slow_printer();
  const std::string id = type("/handover SF")["manifest"]["id"];
  type("/close-manifest");
  bench_->send("/print-manifest\n");
  ASSERT_TRUE(bus_.wait_until([&] { return slow_->waiting() == 1; }));
  scanner_.scan(kShirt, "]E0");
  slow_->finish_label();
  ASSERT_TRUE(bus_.wait_until([&] { return slow_->printed().size() == 1; }));
  ASSERT_TRUE(bus_.wait_until([&] { return slow_->waiting() == 1; }));
  slow_->finish_label();
  answer();
  const Json labelled = answer();
  EXPECT_EQ(phase(labelled), "verifying_label") << labelled;
  EXPECT_EQ(alert(labelled), "");
  ASSERT_EQ(slow_->printed().size(), 2U);
  EXPECT_EQ(code_of(slow_->printed()[0]), id);
  EXPECT_EQ(code_of(slow_->printed()[1]), kWaybill);
  EXPECT_EQ(slow_->cancelled(), 0U);
}

TEST_F(ProgramTest, AnotherPrinterStandsInWhileTheFirstCannotPrint) {
  PrinterOptions second = tspl_printer();
  second.identity.serial = "SPARE";
  second.port = "1-5";
  FakePrinter spare(bus_, second);
  configure(
      "printer = \"usb:main\"\nfallback_printer = \"usb:spare\"\n"
      "[[device]]\nrole = \"printer\"\nname = \"main\"\nport = \"1-2\"\n"
      "[[device]]\nrole = \"printer\"\nname = \"spare\"\nserial = \"SPARE\"\n");
  plug_all();
  spare.usb().plug();
  printer_.change([](PrinterState& state) { state.head_open = true; });
  open_bench();
  pack();
  EXPECT_EQ(phase(scan(kShirt, "]E0")), "verifying_label");
  EXPECT_EQ(printer_.printed().size(), 0U);
  EXPECT_EQ(spare.printed().size(), 1U);
}

TEST_F(ProgramTest, DevicesAreListedWithWhatTheyAreAndWhatAilsThem) {
  plug_all();
  printer_.change([](PrinterState& state) { state.head_open = true; });
  const auto [code, text] = run({"devices", "--json"});
  EXPECT_EQ(code, 0);
  const Json list = Json::parse(text);
  EXPECT_EQ(list["bus"], true);
  ASSERT_EQ(list["devices"].size(), 3U) << text;
  EXPECT_EQ(list["devices"][0]["role"], "scanner");
  EXPECT_EQ(list["devices"][0]["driver"], "hid-pos");
  EXPECT_EQ(list["devices"][0]["usable"], true);
  EXPECT_EQ(list["devices"][1]["driver"], "zpl");
  EXPECT_EQ(list["devices"][1]["reason"], "cover-open");
  EXPECT_NE(list["devices"][1]["next"], "");
  EXPECT_EQ(list["devices"][2]["driver"], "hid-scale");
}

TEST_F(ProgramTest, DevicesThatMayNotBeOpenedSayWhatToDo) {
  scanner_.usb().plug();
  scanner_.usb().set_permitted(false);
  const auto [code, text] = run({"devices"});
  EXPECT_EQ(code, 0);
  EXPECT_NE(text.find("no permission"), std::string::npos) << text;
  EXPECT_NE(text.find("udev"), std::string::npos) << text;
  EXPECT_NE(text.find("ATTR{idVendor}==\""), std::string::npos) << text;
}

TEST_F(ProgramTest, ADeviceThatIsBoundAndAwayIsDescribedAsItWasBound) {
  configure(
      "printer = \"usb\"\n[[device]]\nrole = \"printer\"\nname = \"front\"\nserial = "
      "\"50J164300123\"\n");
  const auto [code, text] = run({"devices"});
  EXPECT_EQ(code, 0);
  EXPECT_NE(text.find("serial 50J164300123 \"front\"  not connected"), std::string::npos) << text;
  EXPECT_NE(text.find("printer: usb:front → not connected"), std::string::npos) << text;
}

// The only printer that has a table is the one that usb means, whatever its name.
TEST_F(ProgramTest, UsbAloneIsThePrinterThatIsBound) {
  configure(
      "printer = \"usb\"\n[[device]]\nrole = \"printer\"\nname = \"front\"\nport = \"1-2\"\n");
  plug_all();
  open_bench();
  pack();
  EXPECT_EQ(phase(scan(kShirt, "]E0")), "verifying_label");
  EXPECT_EQ(printer_.printed().size(), 1U);
}

TEST_F(ProgramTest, BesideAnOpenBenchDevicesAreListedButNotTried) {
  plug_all();
  open_bench();
  const auto [code, text] = run({"devices", "--test"});
  EXPECT_EQ(code, 1) << text;
  EXPECT_NE(text.find("in use elsewhere (usbfs)"), std::string::npos) << text;
  EXPECT_NE(text.find("not tried: in use elsewhere"), std::string::npos) << text;
  EXPECT_EQ(printer_.printed().size(), 0U);
  EXPECT_EQ(phase(scan("1001")), "awaiting_order") << "the bench keeps what it holds";
  bench_->close_input();
  EXPECT_EQ(bench_->wait(), 0);
}

TEST_F(ProgramTest, DevicesAreTried) {
  plug_all();
  const auto child = bus_.start(command({"devices", "--test"}));
  ASSERT_TRUE(bus_.wait_until([&] { return scanner_.is_read() && scale_.is_read(); }));
  scale_.set(ScaleStatus::stable, 832);
  scanner_.scan("TRIED", "]C1");
  const std::string output = child->read_rest();
  EXPECT_EQ(child->wait(), 0) << output;
  EXPECT_NE(output.find("]C1  TRIED"), std::string::npos) << output;
  EXPECT_NE(output.find("test label printed"), std::string::npos) << output;
  EXPECT_NE(output.find("832 g"), std::string::npos) << output;
  EXPECT_EQ(printer_.printed().size(), 1U);
}

class ProgramWithoutBus : public ProgramTest {
 protected:
  ProgramWithoutBus() : ProgramTest(Hubs::none) {}
};

bool has_chinese(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

TEST_F(ProgramWithoutBus, EveryDeviceNamesTheCauseInOneLanguage) {
  const auto [code, text] = run({"devices", "--lang", "en"});
  EXPECT_EQ(code, 0);
  EXPECT_NE(text.find("printer: usb → no USB bus"), std::string::npos) << text;
  EXPECT_EQ(text.find("plug it in again"), std::string::npos) << text;
  EXPECT_FALSE(has_chinese(text)) << text;
  const std::string zh = run({"devices", "--lang", "zh"}).second;
  EXPECT_TRUE(has_chinese(zh));
  EXPECT_EQ(zh.find("This machine"), std::string::npos) << zh;
}

TEST_F(ProgramWithoutBus, ALabelIsTurnedAwayForTheBusAndNotForTheCable) {
  bench_ = bus_.start(command({"console", "--json"}));
  for (const char* line : {"1001", kOrder, kMug}) type(line);
  const Json stopped = type(kShirt);
  EXPECT_EQ(alert(stopped), "printer_fault") << stopped;
  EXPECT_EQ(stopped["alert"]["params"]["reason"], "no-bus");
  EXPECT_NE(stopped["alert"]["text"].get<std::string>().find("no USB bus"), std::string::npos);
}

TEST(ProgramWithNothing, NamesTheFolderThatIsNotThere) {
  FakeBus bus;
  DataDirectory data;
  const auto child =
      bus.start({PACKBENCH_PROGRAM, "devices", "--lang", "en", "--data", data.path("nowhere")});
  const std::string output = child->read_rest();
  EXPECT_EQ(child->wait(), 0);
  EXPECT_NE(output.find("there is no folder " + data.path("nowhere")), std::string::npos) << output;
  EXPECT_NE(output.find("printer: none"), std::string::npos) << output;
}

TEST(ProgramOnAnyMachine, WithoutABusItSaysSoAndIsContent) {
  FakeBus none(Hubs::none);
  DataDirectory data;
  const auto child = none.start({PACKBENCH_PROGRAM, "devices", "--data", data.path()});
  const std::string output = child->read_rest();
  EXPECT_EQ(child->wait(), 0);
  EXPECT_NE(output.find("这台机器没有 USB"), std::string::npos) << output;
}

}  // namespace
}  // namespace packbench::test
