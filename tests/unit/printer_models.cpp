// Which language a printer speaks. The 97 ids were collected from printers; the file beside each
// names the driver that prints on it, and so its language.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "drivers/printer/printer_languages.h"
#include "drivers/printer/printer_models.h"

namespace packbench::drivers {
namespace {

PrinterModel match(std::string_view id, std::uint16_t vendor = 0, std::uint16_t product = 0) {
  return match_printer(parse_device_id(id), vendor, product);
}

PrinterLanguage language(std::string_view id) {
  return match(id).language;
}

struct Known {
  std::string driver;
  std::string id;
};

std::vector<Known> known_printers() {
  const std::filesystem::path file =
      std::filesystem::path(PACKBENCH_SHARED_DATA) / "printers/ieee1284_device_ids.txt";
  std::vector<Known> out;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string::npos || line.size() < blank + 3) continue;
    out.push_back({line.substr(0, blank), line.substr(blank + 2, line.size() - blank - 3)});
  }
  return out;
}

TEST(PrinterModels, EachKnownIdHasItsLanguage) {
  const std::vector<Known> known = known_printers();
  if (known.empty()) GTEST_SKIP() << "the collected ids are not here";
  ASSERT_EQ(known.size(), 97U);
  const std::map<std::string, PrinterLanguage> languages = {
      {"lprint-zpl.h", PrinterLanguage::zpl},        {"lprint-tspl.h", PrinterLanguage::tspl},
      {"lprint-epl2.h", PrinterLanguage::epl2},      {"lprint-cpcl.h", PrinterLanguage::cpcl},
      {"lprint-escpos.h", PrinterLanguage::escpos},  {"lprint-dymo.h", PrinterLanguage::dymo},
      {"lprint-brother.h", PrinterLanguage::brother}};
  std::vector<std::string> unknown;
  for (const Known& printer : known) {
    ASSERT_TRUE(languages.contains(printer.driver)) << printer.driver;
    const PrinterLanguage found = language(printer.id);
    if (found == PrinterLanguage::unknown) {
      unknown.push_back(printer.id);
      continue;
    }
    EXPECT_EQ(found, languages.at(printer.driver)) << printer.id;
  }
  EXPECT_EQ(unknown, std::vector<std::string>{});
}

TEST(PrinterModels, AnUnseenPrinterIsKnownByItsCommandSet) {
  EXPECT_EQ(language("MFG:Nobody;MDL:X;CMD:ZPL II;"), PrinterLanguage::zpl);
  EXPECT_EQ(language("MFG:Nobody;MDL:X;CMD:ZPLII;"), PrinterLanguage::zpl);
  EXPECT_EQ(language("MFG:Munbyn;CMD:TSPL;MDL:RW403B;"), PrinterLanguage::tspl);
  EXPECT_EQ(language("MFG:4BARCODE;CMD:TSPL2;MDL:3B-363B;"), PrinterLanguage::tspl);
  EXPECT_EQ(language("CMD:tspl-ezd;"), PrinterLanguage::tspl);
  EXPECT_EQ(language("CMD:EPL2;"), PrinterLanguage::epl2);
  EXPECT_EQ(language("CMD:CPCL;"), PrinterLanguage::cpcl);
  EXPECT_EQ(language("CMD:ESCPOS;"), PrinterLanguage::escpos);
}

TEST(PrinterModels, OfSeveralLanguagesOneThatWeSpeakIsTakenTheFirstOfThose) {
  EXPECT_EQ(language("CMD:ESC/POS,CPCL,TSPL;"), PrinterLanguage::tspl);
  EXPECT_EQ(language("CMD:EPL,ZPL;"), PrinterLanguage::zpl);
  EXPECT_EQ(language("CMD:TSPL,ZPL;"), PrinterLanguage::tspl);
  EXPECT_EQ(language("CMD:ZPL,TSPL;"), PrinterLanguage::zpl);
  EXPECT_EQ(language("CMD:CPCL,EPL;"), PrinterLanguage::cpcl);
}

TEST(PrinterModels, WithoutAnIdNothingIsGuessed) {
  EXPECT_EQ(match(""), PrinterModel{});
  EXPECT_EQ(match("", 0x0A5F, 0x0001).language, PrinterLanguage::unknown) << "Zebra's number alone";
  EXPECT_EQ(match("", 0x2E3C, 0x5756).language, PrinterLanguage::unknown);
  EXPECT_TRUE(match("").may_not_answer);
}

TEST(PrinterModels, AMakersNameAloneDecidesNothing) {
  EXPECT_EQ(language("MFG:Zebra Technologies;"), PrinterLanguage::unknown);
  EXPECT_EQ(language("MFG:HP;MDL:LaserJet 4;CMD:PCL;"), PrinterLanguage::unknown);
  EXPECT_EQ(language("MFG:Brother;MDL:HL-L2320D;CMD:PJL,PCL;"), PrinterLanguage::unknown);
}

// The same command set is told by portable A4 printers, which understand no TSPL.
TEST(PrinterModels, AnAmbiguousCommandSetIsAnHonestUnknown) {
  EXPECT_EQ(language("MFG:XMDY ;CMD:XPP,XL;MDL:A4RJ;CLS:PRINTER;"), PrinterLanguage::unknown);
  EXPECT_EQ(language("CMD:XPP,XL;MDL:TP88;CLS:PRINTER;DES:LABEL PRINTER;"),
            PrinterLanguage::unknown);
  EXPECT_EQ(language("MFG: ;CMD:XPP,XL;MDL:PM-241-BT;CLS:PRINTER;"), PrinterLanguage::tspl);
  EXPECT_EQ(match("CMD:XPP,XL;MDL:D450BT;", 0x2E3C, 0x5756).language, PrinterLanguage::tspl);
}

TEST(PrinterModels, TheUsbMakerHelpsANameThatIsNotEnough) {
  EXPECT_EQ(match("MFG:TSC;MDL:TE210;", 0x1203, 0x0172).language, PrinterLanguage::tspl);
  EXPECT_EQ(match("MFG:TSC;MDL:TE210;", 0x0483, 0x0172).language, PrinterLanguage::unknown);
}

TEST(PrinterModels, AnEplPrinterOfAZplMakerIsNotSentZpl) {
  EXPECT_EQ(language("MFG:Zebra Technologies;CMD:EPL;MDL:ZTC GK420d (EPL);"),
            PrinterLanguage::epl2);
}

TEST(PrinterModels, ResolutionIsTakenFromTheName) {
  EXPECT_EQ(match("MFG:Zebra Technologies ;CMD:ZPL;MDL:ZTC ZD611-203dpi ZPL;").dpi, 203);
  EXPECT_EQ(match("MFG:Zebra Technologies ;CMD:ZPL;MDL:ZTC ZD611-300dpi ZPL;").dpi, 300);
  EXPECT_EQ(match("CMD:ZPL;MDL:ZTC ZT230-200dpi ZPL;").dpi, 203) << "200 is a rounded 203";
  EXPECT_EQ(match("CMD:ZPL;MDL:ZTC 110Xi4-600dpi;").dpi, 600);
  EXPECT_EQ(match("MFG:Zebra Technologies;CMD:ZPL;MDL:ZTC GX430t;").dpi, 300);
  EXPECT_EQ(match("MFG:Zebra Technologies;CMD:ZPL;MDL:ZTC GX420d;").dpi, 203);
  EXPECT_EQ(match("CMD:ZPL;MDL:no dpi here;").dpi, 0);
  EXPECT_EQ(match("CMD:ZPL;MDL:1234dpi;").dpi, 0);
  EXPECT_EQ(match("CMD:ZPL;MDL:dpi;").dpi, 0);
}

TEST(PrinterModels, ManyCommandsAreNoTrouble) {
  std::string id = "CMD:";
  for (int i = 0; i < 100; ++i) id += "X,";
  EXPECT_EQ(language(id + "ZPL;"), PrinterLanguage::unknown) << "beyond what is read";
  EXPECT_EQ(language("CMD:A,B,C,D,E,F,G,H,ZPL;"), PrinterLanguage::zpl);
}

TEST(PrinterLanguages, HaveWordsForTheConfiguration) {
  for (const char* word : {"zpl", "tspl", "epl2", "cpcl", "escpos", "dymo", "brother"}) {
    const auto found = language_of_word(word);
    ASSERT_TRUE(found) << word;
    EXPECT_EQ(language_word(*found), word);
    EXPECT_EQ(spoken_language(*found) != nullptr, is_spoken(*found)) << word;
  }
  EXPECT_EQ(language_of_word("unknown"), std::nullopt) << "nobody can configure that";
  EXPECT_EQ(language_of_word("ZPL"), std::nullopt);
  EXPECT_EQ(language_word(PrinterLanguage::unknown), "unknown");
  EXPECT_EQ(spoken_language(PrinterLanguage::unknown), nullptr);
}

}  // namespace
}  // namespace packbench::drivers
