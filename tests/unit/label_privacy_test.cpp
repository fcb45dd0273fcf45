// What of a person may be seen. Rules: practice of the trade, at least 6 digits of a phone, one
// character of a name, the unit and the room.
#include "domain/privacy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"

namespace packbench {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(MaskPhone, HidesSixDigitsAndKeepsTheTail) {
  for (const auto& [plain, masked] : Pairs{{"13812345678", "1******5678"},
                                           {"138-1234-5678", "1**-****-5678"},
                                           {"+86 138 1234 5678", "+86 1** **** 5678"},
                                           {"0577-62345678", "05**-****5678"},
                                           {"+1 (212) 555-1234", "+1 (***) ***-1234"},
                                           {"１３８１２３４５６７８", "１******５６７８"},
                                           {"95533", "*****"},
                                           {"", ""}}) {
    EXPECT_EQ(mask_phone(plain), masked);
  }
}

TEST(MaskPhone, KeepsTheExtensionOfAVirtualNumber) {
  for (const auto& [plain, masked] : Pairs{{"18412345678-0042", "1******5678-0042"},
                                           {"18412345678转42", "1******5678转42"},
                                           {"18412345678,1234", "1******5678,1234"},
                                           {"18412345678[0042]", "1******5678[0042]"},
                                           {"0577-62345678-802", "05**-****5678-802"},
                                           {"18412345678 ext. 99", "1******5678 ext. 99"}}) {
    EXPECT_EQ(mask_phone(plain), masked);
  }
}

TEST(MaskPhone, HidesSixDigitsOfAnyNumberThatHasThem) {
  std::string digits;
  for (int length = 1; length <= 20; ++length) {
    digits += static_cast<char>('0' + length % 10);
    const std::string masked = mask_phone(digits);
    const auto hidden = std::count(masked.begin(), masked.end(), '*');
    EXPECT_GE(hidden, std::min(6, length)) << masked;
  }
}

TEST(MaskName, KeepsOnlyTheFirstCharacterOfEachWord) {
  for (const auto& [plain, masked] : Pairs{{"王小明", "王**"},
                                           {"张三", "张*"},
                                           {"王", "*"},
                                           {"王 明", "王 *"},
                                           {"𠮷田", "𠮷*"},
                                           {"Johann Smith", "J*** S***"},
                                           {"J. R.", "J. *."},
                                           {"阿卜杜拉·买买提", "阿***·买**"},
                                           {"", ""}}) {
    EXPECT_EQ(mask_name(plain), masked);
  }
}

TEST(MaskAddress, HidesUnitAndRoom) {
  for (const auto& [plain, masked] :
       Pairs{{"文一西路969号阳光小区3号楼2单元1501室", "文一西路969号阳光小区3号楼*单元****室"},
             {"三〇一室 甲单元", "***室 *单元"},
             {"阳光小区3-2-501", "阳光小区3-*-***"},
             {"前成小区16--7--426", "前成小区16--*--***"},
             {"3栋1203号", "3栋****号"},
             {"A座B1203", "A座*****"},
             {"幸福小区1501", "幸福小区****"},
             {"Flat A, 12 High Street", "Flat *, 12 High Street"},
             {"Room 1203, Unit 2, Building 3, No. 969 West Wenyi Rd",
              "Room ****, Unit *, Building 3, No. 969 West Wenyi Rd"},
             {"#05-12 Orchard Rd", "#**-** Orchard Rd"},
             {"Unit 3/45 High St", "Unit */45 High St"},
             {"Apt. 5-B, 12 Main St", "Apt. *-*, 12 Main St"}}) {
    EXPECT_EQ(mask_address(plain), masked);
  }
}

TEST(MaskAddress, KeepsStreetBuildingAndPlaceNames) {
  for (const char* place : {"解放路12号", "人民路12-3号", "解放路 12号3栋12层", "杭州市G107国道旁",
                            "西江千户苗寨", "三房村", "12 High Street", "Flatbush Avenue 7",
                            "Bedroom Lane 3", "义乌国际商贸城5期10街"}) {
    EXPECT_EQ(mask_address(place), place);
  }
}

TEST(MaskAddress, HidesAPhoneWrittenIntoTheAddress) {
  EXPECT_EQ(mask_address("人民路1号 13812345678"), "人民路1号 1******5678");
}

TEST(Masks, AnswerStarsForWhatIsNotUtf8) {
  EXPECT_EQ(mask_phone("138\xFF"), "***");
  EXPECT_EQ(mask_name("\xC3"), "***");
  EXPECT_EQ(mask_address("\xE4\xBD"), "***");
}

TEST(MaskAddress, LeavesNoRoomOfRealAddressesReadable) {
  std::ifstream file(PACKBENCH_SHARED_DATA "/china/addresses_300.csv");
  if (!file) GTEST_SKIP() << "shared data is not here";
  std::string line;
  int rooms = 0;
  while (std::getline(file, line)) {
    const std::string plain = line.substr(0, line.find(','));
    const std::string masked = mask_address(plain);
    ASSERT_EQ(code_points(masked)->size(), code_points(plain)->size());
    for (const std::string_view word : {"单元", "室"}) {
      for (auto at = masked.find(word); at != std::string::npos; at = masked.find(word, at + 1)) {
        if (at == 0) continue;
        const char before = masked[at - 1];
        EXPECT_FALSE(before >= '0' && before <= '9') << masked;
        rooms += before == '*' ? 1 : 0;
      }
    }
  }
  EXPECT_GT(rooms, 40) << "the file has many rooms and units";
}

}  // namespace
}  // namespace packbench
