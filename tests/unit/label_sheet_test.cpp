// The printed sheet of command barcodes.
#include <gtest/gtest.h>

#include <string>

#include "label/command_sheet.h"

namespace packbench::label {
namespace {

std::vector<CommandSheetEntry> entries(std::size_t count) {
  std::vector<CommandSheetEntry> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back({"PBC" + std::to_string(100 + i) + "X", "撤销上一步", "Undo the last step"});
  }
  return out;
}

std::size_t pages(const std::string& pdf) {
  std::size_t count = 0;
  const std::string mark = "/Type /Page ";
  for (auto at = pdf.find(mark); at != std::string::npos; at = pdf.find(mark, at + 1)) ++count;
  return count;
}

TEST(CommandSheet, TakesAsManyPagesAsItNeeds) {
  for (const auto& [count, expected] : {std::pair{1U, 1U}, {14U, 1U}, {15U, 2U}, {29U, 3U}}) {
    const auto pdf = command_sheet_pdf(entries(count));
    ASSERT_TRUE(pdf) << pdf.error().text;
    EXPECT_TRUE(pdf.value().starts_with("%PDF-"));
    EXPECT_EQ(pages(pdf.value()), expected) << count;
  }
}

TEST(CommandSheet, TheSameEntriesGiveTheSameFile) {
  EXPECT_EQ(command_sheet_pdf(entries(3)).value(), command_sheet_pdf(entries(3)).value());
  EXPECT_EQ(command_sheet_pdf(entries(3)).value().find("CreationDate"), std::string::npos);
}

TEST(CommandSheet, RefusesWhatItCannotDraw) {
  EXPECT_EQ(command_sheet_pdf({}).error().code, "bad_input");
  EXPECT_EQ(command_sheet_pdf({{"撤销", "撤销", "Undo"}}).error().code, "label_unprintable");
  EXPECT_EQ(command_sheet_pdf({{std::string(60, 'W'), "撤销", "Undo"}}).error().code,
            "label_unprintable");
  EXPECT_EQ(command_sheet_pdf({{"PBC1", "撤销\U0001FAE8", "Undo"}}).error().code,
            "label_unprintable");
  EXPECT_EQ(command_sheet_pdf({{"PBC1", "撤销", std::string(300, 'u')}}).error().code,
            "label_unprintable");
}

}  // namespace
}  // namespace packbench::label
