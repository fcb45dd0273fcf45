#include "domain/barcode.h"

#include <gtest/gtest.h>

namespace packbench {
namespace {

TEST(ParseScan, SplitsOffTheSymbologyIdentifier) {
  EXPECT_EQ(parse_scan("]E04006381333931"), (Barcode{"4006381333931", "]E0"}));
  EXPECT_EQ(parse_scan("]C1"), (Barcode{"", "]C1"}));
  EXPECT_EQ(parse_scan("SO-0001"), (Barcode{"SO-0001", ""}));
  EXPECT_EQ(parse_scan(""), (Barcode{"", ""}));
}

TEST(ParseScan, LeavesBytesThatOnlyLookAlike) {
  EXPECT_EQ(parse_scan("]C"), (Barcode{"]C", ""}));
  EXPECT_EQ(parse_scan("]12X"), (Barcode{"]12X", ""}));
  EXPECT_EQ(parse_scan("]C-1"), (Barcode{"]C-1", ""}));
  EXPECT_EQ(parse_scan("X]C1"), (Barcode{"X]C1", ""}));
}

TEST(SymbologyOf, NamesTheFamily) {
  for (const char* aim : {"]C1", "]d2", "]Q3", "]e0", "]J1"}) {
    EXPECT_EQ(symbology({"x", aim}), Symbology::gs1) << aim;
  }
  EXPECT_EQ(symbology({"x", ""}), Symbology::unknown);
  EXPECT_EQ(symbology({"x", "]E0"}), Symbology::ean13);
  EXPECT_EQ(symbology({"x", "]E4"}), Symbology::ean8);
  EXPECT_EQ(symbology({"x", "]E3"}), Symbology::ean_addon);
  EXPECT_EQ(symbology({"x", "]C0"}), Symbology::code128);
  EXPECT_EQ(symbology({"x", "]A0"}), Symbology::code39);
  EXPECT_EQ(symbology({"x", "]I1"}), Symbology::itf);
  EXPECT_EQ(symbology({"x", "]Q1"}), Symbology::qr);
  EXPECT_EQ(symbology({"x", "]d1"}), Symbology::matrix);
  EXPECT_EQ(symbology({"x", "]L0"}), Symbology::other);
}

TEST(ScanProblem, NamesWhatNoScanCanBe) {
  EXPECT_EQ(scan_problem(""), "empty");
  EXPECT_EQ(scan_problem("\x1D"), "not_printable");
  EXPECT_EQ(scan_problem("ab\tc"), "not_printable");
  EXPECT_EQ(scan_problem(std::string_view("a\0b", 3)), "not_printable");
  EXPECT_EQ(scan_problem("\xB5\xC4"), "not_printable");
  EXPECT_EQ(scan_problem("\u202Eabc"), "not_printable");
  EXPECT_EQ(scan_problem(std::string(kScanBytesMax + 1, '1')), "too_long");
  EXPECT_EQ(scan_problem(std::string(kScanBytesMax, '1')), std::nullopt);
  EXPECT_EQ(scan_problem("0109521234543213\x1D"
                         "21A"),
            std::nullopt);
  EXPECT_EQ(scan_problem("红杯 L"), std::nullopt);
}

TEST(Gtin14, NormalisesEveryLength) {
  EXPECT_EQ(gtin14("4006381333931"), "04006381333931");
  EXPECT_EQ(gtin14("036000291452"), "00036000291452");
  EXPECT_EQ(gtin14("0036000291452"), "00036000291452");
  EXPECT_EQ(gtin14("73513537"), "00000073513537");
  EXPECT_EQ(gtin14("10614141000415"), "10614141000415");
}

TEST(Gtin14, RefusesWrongCheckDigitsAndOtherShapes) {
  for (const char* text : {"4006381333930", "036000291453", "", "12345", "400638133393X",
                           "00000000", "0000000000000", "40063813339311", "4006381333931 "}) {
    EXPECT_EQ(gtin14(text), std::nullopt) << text;
  }
}

TEST(Gtin14, EverySingleWrongDigitIsFound) {
  const std::string right = "4006381333931";
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      if (c == right[i]) continue;
      std::string wrong = right;
      wrong[i] = c;
      EXPECT_FALSE(gtin14(wrong)) << wrong;
    }
  }
}

TEST(Gtin14, ExpandsUpcEWhereTheScannerSaysSo) {
  // The number of each of the five rules of expansion (last digit 0-2, 3, 4, 5-9).
  EXPECT_EQ(expand_upc_e("04252614"), "042100005264");
  EXPECT_EQ(expand_upc_e("01234133"), "012300000413");
  EXPECT_EQ(expand_upc_e("01234145"), "012340000015");
  EXPECT_EQ(expand_upc_e("01234558"), "012345000058");
  EXPECT_EQ(expand_upc_e("04252615"), std::nullopt);
  EXPECT_EQ(expand_upc_e("24252614"), std::nullopt);
  EXPECT_EQ(gtin14(Barcode{"04252614", "]E0"}), "00042100005264");
  EXPECT_EQ(gtin14(Barcode{"04252614", "]E4"}), std::nullopt);
  EXPECT_EQ(gtin14(Barcode{"73513537", "]E4"}), "00000073513537");
  EXPECT_EQ(gtin14(Barcode{"73513537", "]E0"}), "00000073513537");
}

TEST(SameCode, ComparesGtinsAsNumbersAndTheRestAsBytes) {
  EXPECT_TRUE(same_code("036000291452", "0036000291452"));
  EXPECT_TRUE(same_code("SKU-1", "SKU-1"));
  EXPECT_FALSE(same_code("SKU-1", "sku-1"));
  EXPECT_FALSE(same_code("SKU-1", "SKU-2"));
  EXPECT_FALSE(same_code("12345", "012345"));
  EXPECT_FALSE(same_code("4006381333931", "5901234123457"));
}

}  // namespace
}  // namespace packbench
