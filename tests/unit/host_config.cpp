// The bench's configuration: what holds without a file, and what is said of a wrong one.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "host/config.h"

namespace packbench::host {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

Result<Config> parsed(const std::string& text) {
  return parse_config(text, text_of(PACKBENCH_ASSETS "/checklists/default.json"));
}

std::string complaint(const std::string& text) {
  const auto config = parsed(text);
  return config.ok() ? "" : config.error().text;
}

TEST(Config, WithoutAFileEveryKeyHasItsDefault) {
  const auto config = parsed("");
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(config.value().policy.default_carrier, "SF");
  EXPECT_EQ(policy_of(config.value().policy.platforms, "taobao").ship_promise, Duration::hours(48));
}

TEST(Config, TheExampleIsTaken) {
  EXPECT_EQ(complaint(text_of(PACKBENCH_ASSETS "/packbench.example.toml")), "");
}

TEST(Config, DevicesAreBoundToSerialNumberPortOrId) {
  const auto config = parsed(
      "printer = \"usb:front\"\nfallback_printer = \"file:labels\"\nusb = true\n"
      "[[device]]\nrole = \"printer\"\nname = \"front\"\nserial = \"50J1\"\n"
      "language = \"tspl\"\n"
      "[[device]]\nrole = \"scanner\"\nlane = \"dock\"\nport = \"1-2.3\"\nlayout = \"de\"\n"
      "terminator = \"none\"\nidle_ms = 40\nbaud = 115200\n"
      "[[device]]\nrole = \"scale\"\nid = \"0922:8003\"\n"
      "[weight]\nscale = true\nwithout_scale = \"skip\"\n");
  ASSERT_TRUE(config.ok()) << config.error().text;
  const auto& devices = config.value().devices;
  ASSERT_EQ(devices.size(), 3U);
  EXPECT_EQ(devices[0].language, "tspl");
  EXPECT_EQ(devices[1].lane, ports::Lane::dock);
  EXPECT_EQ(devices[1].idle, Duration::milliseconds(40));
  EXPECT_EQ(devices[2].vendor, 0x0922);
  EXPECT_EQ(devices[2].product, 0x8003);
  EXPECT_TRUE(config.value().policy.stages_without_scale);
}

TEST(Config, APlatformHasTheDefaultsNumbersWhereItSaysNothing) {
  const auto config = parsed(
      "[platform.taobao]\nship_promise_hours = 24\n"
      "[platform.default]\nfirst_trace_hours = 12\ncompensation_min = \"3.50\"\n");
  ASSERT_TRUE(config.ok()) << config.error().text;
  const auto& platforms = config.value().policy.platforms;
  const PlatformPolicy taobao = policy_of(platforms, "taobao");
  EXPECT_EQ(taobao.ship_promise, Duration::hours(24));
  EXPECT_EQ(taobao.first_trace, Duration::hours(12));
  EXPECT_EQ(taobao.compensation_min, 350);
  EXPECT_EQ(policy_of(platforms, "tmall").ship_promise, Duration::hours(48));
}

TEST(Config, AWrongKeyOrValueIsNamed) {
  for (const auto& [text, name] : std::initializer_list<std::pair<const char*, const char*>>{
           {"langauge = \"en\"", "langauge"},
           {"language = \"fr\"", "language"},
           {"time_zone = \"Asia/Nowhere\"", "time_zone"},
           {"print_deadline_s = 0", "print_deadline_s"},
           {"printer = \"usb:front\"", "printer"},
           {"printer = \"usb\"\nfallback_printer = \"usb\"", "fallback_printer"},
           {"[device]\nrole = \"scale\"", "[[device]]"},
           {"[[device]]\nserial = \"A\"", "device 1.role"},
           {"[[device]]\nrole = \"scale\"", "device 1.serial"},
           {"[[device]]\nrole = \"scale\"\nid = \"0922\"", "device 1.id"},
           {"[[device]]\nrole = \"scale\"\nport = \"usb2\"", "device 1.port"},
           {"[[device]]\nrole = \"scanner\"\nserial = \"A\"\nlayout = \"uk\"", "device 1.layout"},
           {"[weight]\nwithout_scale = \"maybe\"", "weight.without_scale"},
           {"[weigth]\n", "weigth"},
           {"[weight]\ntolerance_percent = 101", "weight.tolerance_percent"},
           {"[platform.default]\nship_promise_hours = 0", "platform.default.ship_promise_hours"},
           {"[platform.jd]\ncompensation_min = \"five\"", "platform.jd.compensation_min"},
           {"[platform.jd]\ncompensation_min = \"9\"\ncompensation_max = \"8\"",
            "platform.jd.compensation_max"},
           {"[platform.us]\ncurrency = \"USD\"", "platform.us.currency"},
           {"[platform.us]\ncurrency = \"usd\"", "platform.us.currency"},
           {"[platform.us]\ncurrency = \"USD\"\ncompensation_min = \"1\"\ncompensation_max = \"9\"",
            "service_breach"},
           {"[platform.jd]\nservice_breach = \"-1\"", "platform.jd.service_breach"},
           {"[platform.jd]\npoints_min = 7", "platform.jd.points_max"},
           {"[platform.jd]\npoints_min = -1", "platform.jd.points_min"},
           {"[platform]\njd = 48", "platform.jd"},
           {"[platform.jd]\nship_promise = 48", "platform.jd.ship_promise"}}) {
    EXPECT_NE(complaint(text).find(name), std::string::npos) << text << "\n" << complaint(text);
  }
}

// Text of a file and what its complaint has to say, all of it.
struct Slip {
  const char* text;
  std::vector<const char*> says;
};

void expect_said(const std::vector<Slip>& slips) {
  for (const Slip& slip : slips) {
    for (const char* word : slip.says)
      EXPECT_NE(complaint(slip.text).find(word), std::string::npos) << slip.text << "\n"
                                                                    << word << "\n"
                                                                    << complaint(slip.text);
  }
}

TEST(Config, ALineBelowTheWrongTableIsNotSwallowed) {
  expect_said({
      {"[carriers]\nSF = \"SF\"\nprinter = \"usb\"",
       {"line 3", "printer stands in [carriers]", "above the first [table]"}},
      {"[carriers]\nusb = false", {"usb stands in [carriers]", "above the first [table]"}},
      {"[carriers]\nweight.scale = true", {"weight stands in [carriers]"}},
      {"[platform]\ntyped_codes = \"all\"", {"typed_codes stands in [platform]"}},
      {"[platform.jd]\nfallback_printer = \"usb\"",
       {"fallback_printer stands in [platform.jd]", "above the first [table]"}},
      {"[sender]\nprinter = \"usb\"", {"printer stands in [sender]", "above the first [table]"}},
      {"[weight]\nscale = true\n[weight.more]\nx = 1", {"weight.more"}},
      {"[[device]]\nrole = \"scale\"\nserial = \"A\"\nprinter = \"usb\"",
       {"printer stands in [[device]] 1", "above the first [table]"}},
      {"tolerance_g = 20", {"tolerance_g stands above the tables", "below [weight]"}},
      {"[[weight]]\nscale = true", {"written as [weight]"}},
  });
  EXPECT_EQ(complaint("[carriers]\nUSB = \"Universal Swift\"\nSF = \"SF\""), "");
}

TEST(Config, AMisspeltKeyIsAnsweredWithTheNearest) {
  expect_said({
      {"\nprnter = \"usb\"", {"line 2", "prnter", "did you mean printer? Mend the file"}},
      {"fallback_prniter = \"usb\"", {"did you mean fallback_printer?"}},
      {"[weigth]\nscale = true", {"line 1", "did you mean [weight]?"}},
      {"[weight]\ntoleranceg = 5", {"weight.toleranceg", "did you mean tolerance_g?"}},
      {"[platform.jd]\nship_promise = 48", {"did you mean ship_promise_hours?"}},
      {"[weight]\nprnter = \"usb\"", {"if you mean printer, move it above"}},
      {"zzzzzzzz = 1", {"zzzzzzzz", "README"}},
      {"[[device]]\nrole = \"scale\"\nserial = \"A\"\nlayout = \"de\"",
       {"line 4", "layout stands in [[device]] 1", "role = \"scanner\""}},
      {"[[device]]\nrole = \"scale\"\nserial = \"A\"\nlanguage = \"zpl\"",
       {"language stands in [[device]] 1", "role = \"printer\""}},
      {"[[device]]\nrole = \"scanner\"\nserial = \"A\"\nlayuot = \"de\"", {"did you mean layout?"}},
  });
}

TEST(Config, OnlyAPrinterThatIsUnderstoodIsTaken) {
  const char* words = "usb, usb:NAME, file:DIR, raw:PATH or none";
  expect_said({
      {"printer = \"cups\"", {"printer = \"cups\"", words}},
      {"printer = \"file:\"", {words}},
      {"fallback_printer = \"/dev/usb/lp0\"", {"fallback_printer", words}},
      {"printer = \"usb:front\"", {"usb:front", "write usb for the only printer"}},
      {"printer = \"usb:fornt\"\n[[device]]\nrole = \"printer\"\nname = \"front\"\nport = "
       "\"1-2\"",
       {"usb:fornt", "did you mean usb:front?"}},
      {"printer = \"usb:x\"\n[[device]]\nrole = \"printer\"\nname = \"front\"\nport = \"1-2\"\n"
       "[[device]]\nrole = \"printer\"\nname = \"spare\"\nport = \"1-3\"",
       {"usb:front, usb:spare"}},
      {"usb = false\nprinter = \"usb\"", {"printer = \"usb\"", "usb = false"}},
      {"usb = false\n[[device]]\nrole = \"scale\"\nserial = \"A\"", {"usb = false", "[[device]]"}},
  });
  EXPECT_EQ(complaint("printer = \"none\"\nfallback_printer = \"none\""), "");
  EXPECT_EQ(complaint("usb = false\nprinter = \"raw:/dev/usb/lp0\""), "");
}

const std::string kFront = "[[device]]\nrole = \"printer\"\nname = \"front\"\nport = \"1-2\"\n";
const std::string kSpare = "[[device]]\nrole = \"printer\"\nname = \"spare\"\nport = \"1-3\"\n";
const std::string kPlain = "[[device]]\nrole = \"printer\"\nport = \"1-4\"\n";

TEST(Config, UsbAloneMeansThePrinterThatIsBound) {
  const auto printers = [](const std::string& text) {
    const auto config = parsed(text);
    return config.ok() ? config.value().printer + " " + config.value().fallback_printer
                       : config.error().text;
  };
  EXPECT_EQ(printers("printer = \"usb\"\n"), "usb ");
  EXPECT_EQ(printers("printer = \"usb\"\n" + kFront), "usb:front ");
  EXPECT_EQ(printers("printer = \"usb\"\n" + kFront + kPlain), "usb ");
  EXPECT_EQ(printers("printer = \"usb\"\nfallback_printer = \"usb:spare\"\n" + kFront + kSpare),
            "usb:front usb:spare");
  EXPECT_EQ(printers("printer = \"usb:front\"\nfallback_printer = \"usb\"\n" + kFront),
            "usb:front usb");
  const std::string two = printers("printer = \"usb\"\n" + kFront + kSpare);
  EXPECT_NE(two.find("write one of usb:front, usb:spare"), std::string::npos) << two;
}

TEST(Config, TwoTablesOfOneDeviceOrWithoutNamesAreTold) {
  const std::string a = "[[device]]\nrole = \"scanner\"\nserial = \"A\"\n";
  const std::string b = "[[device]]\nrole = \"scanner\"\nserial = \"B\"\n";
  EXPECT_NE(complaint(a + b).find("give each a name"), std::string::npos) << complaint(a + b);
  EXPECT_EQ(complaint(a + "name = \"left\"\n" + b + "name = \"right\"\n"), "");
  EXPECT_EQ(complaint(a + b + "lane = \"dock\"\n"), "");
  const std::string same = complaint(a + "name = \"left\"\n" + b + "name = \"left\"\n");
  EXPECT_NE(same.find("a name of its own"), std::string::npos) << same;
  for (const std::string& again :
       {a + "name = \"left\"\n" + a, kFront + "[[device]]\nrole = \"scale\"\nport = \"1-2\"\n"})
    EXPECT_NE(complaint(again).find("the same device"), std::string::npos) << complaint(again);
}

TEST(Config, ABoundScaleIsCountedOn) {
  const std::string scale = "[[device]]\nrole = \"scale\"\nid = \"0922:8003\"\n";
  EXPECT_FALSE(parsed("").value().policy.has_scale);
  EXPECT_TRUE(parsed(scale).value().policy.has_scale);
  EXPECT_FALSE(parsed(scale + "[weight]\nscale = false\n").value().policy.has_scale);
  EXPECT_TRUE(parsed("[weight]\nscale = true\n").value().policy.has_scale);
}

TEST(Config, SaysWhenNumbersRunOut) {
  const auto plain = parsed("");
  ASSERT_TRUE(plain.ok()) << plain.error().text;
  EXPECT_EQ(plain.value().policy.numbers.low_water_of("SF"), 50);
  EXPECT_EQ(plain.value().policy.numbers.expiry_warning, Duration::hours(24));
  const auto config = parsed(
      "[waybills]\nlow_water = 10\nexpiry_warning_hours = 48\n[waybills.low]\nSF = 200\nYTO = 0\n");
  ASSERT_TRUE(config.ok()) << config.error().text;
  EXPECT_EQ(config.value().policy.numbers.low_water_of("SF"), 200);
  EXPECT_EQ(config.value().policy.numbers.low_water_of("YTO"), 0);
  EXPECT_EQ(config.value().policy.numbers.low_water_of("ZTO"), 10);
  EXPECT_EQ(config.value().policy.numbers.expiry_warning, Duration::hours(48));
  for (const char* wrong :
       {"[waybills]\nlow_water = -1\n", "[waybills]\nlow_water = 10001\n", "waybills = 3\n",
        "[waybills]\nlow_watr = 5\n", "[waybills]\nlow = 5\n", "[waybills.low]\nSF = \"many\"\n",
        "[waybills]\nexpiry_warning_hours = 0\n"}) {
    const auto refused = parsed(wrong);
    ASSERT_FALSE(refused.ok()) << wrong;
    EXPECT_NE(refused.error().text.find("waybills"), std::string::npos) << refused.error().text;
  }
}

TEST(Config, TheLabelTableIsPaperPrintHeadAndScanner) {
  const auto config = parsed(
      "[label]\npaper = \"4x6\"\ndpi = 300\nscanner = \"1d\"\ndarkness = 12\nspeed = 4\n"
      "zpl = \"ascii\"\ngap_mm = 2.5\ndirection = 1\n[label.template]\nSF = \"mine\"\n");
  ASSERT_TRUE(config.ok()) << config.error().text;
  const LabelConfig& label = config.value().label;
  EXPECT_EQ(label.paper, "4x6");
  EXPECT_EQ(label.printer.dpi, 300);
  EXPECT_EQ(label.small, label::SmallCode::code128);
  EXPECT_EQ(label.printer.darkness, 12);
  EXPECT_EQ(label.printer.speed, 4);
  EXPECT_FALSE(label.printer.compressed);
  EXPECT_EQ(label.printer.gap_tenths, 25);
  EXPECT_EQ(label.printer.direction, 1);
  EXPECT_EQ(label.by_carrier.at("SF"), "mine");
}

TEST(Config, AMistakeInTheLabelTableIsNamed) {
  const std::pair<const char*, const char*> wrong[] = {
      {"dpi = 600", "label.dpi"},          {"scanner = \"3d\"", "label.scanner"},
      {"darkness = 31", "label.darkness"}, {"speed = 0", "label.speed"},
      {"gap_mm = 30", "label.gap_mm"},     {"direction = 2", "label.direction"},
      {"zpl = \"hex\"", "label.zpl"},      {"papr = \"4x6\"", "papr"},
      {"template = 3", "label.template"}};
  for (const auto& [line, key] : wrong) {
    const std::string said = complaint(std::string("[label]\n") + line + "\n");
    EXPECT_NE(said.find(key), std::string::npos) << line << " | " << said;
  }
}

}  // namespace
}  // namespace packbench::host
