// Manifests on the label printer: each slip proven by its code, nobody's words in the way, and all
// parcels on some slip.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "label/slip_rows.h"
#include "label/symbol.h"
#include "tests/unit/slip_samples.h"

namespace packbench::label {
namespace {

constexpr SlipPaper kPapers[] = {{100, 150}, {76, 130}, {100, 180}, {101.6, 152.4}};

std::multiset<std::string> numbers_on(const std::vector<std::vector<SlipRow>>& slips) {
  std::multiset<std::string> all;
  for (const auto& slip : slips) {
    for (const SlipRow& row : slip) {
      if (row.kind == SlipRow::Kind::numbers) all.insert(row.cells.begin(), row.cells.end());
    }
  }
  return all;
}

TEST(Slip, CarriesTheManifestsIdAndNoOtherCode) {
  for (const SlipPaper& paper : kPapers) {
    for (const int dpi : {203, 300}) {
      for (const LabelLanguage language : {LabelLanguage::zpl, LabelLanguage::tspl}) {
        LabelStyle style{language, SmallCode::qr, {}};
        style.printer.dpi = dpi;
        for (const bool chinese : {true, false}) {
          const SlipContent content = troubled_slip_sample(150, chinese);
          const int count = slip_count(content, paper);
          ASSERT_GT(count, 1);
          for (const int slip : {1, count}) {
            const auto label = make_slip(content, paper, style, slip);
            ASSERT_TRUE(label) << label.error().text;
            // Found on the whole page by search, which is more than the self-check asks.
            EXPECT_EQ(find_symbol(label.value().raster, Symbology::code128), content.manifest.id);
            EXPECT_FALSE(find_symbol(label.value().raster, Symbology::qr));
            EXPECT_EQ(language_word(label.value().language), language_word(language));
          }
        }
      }
    }
  }
}

TEST(Slip, IsOneForFewParcelsAndAsManyAsItTakesForMany) {
  EXPECT_EQ(slip_count(slip_sample(0, true), {}), 1);
  EXPECT_EQ(slip_count(slip_sample(40, true), {}), 1);
  for (const SlipPaper& paper : kPapers) {
    int before = 1;
    for (int parcels = 0; parcels <= 260; ++parcels) {
      const SlipContent content = slip_sample(parcels, true);
      const auto slips = slips_of(slip_rows(content, paper), paper);
      const auto numbers = numbers_on(slips);
      ASSERT_EQ(numbers.size(), content.manifest.taken.size());
      for (const ManifestParcel& parcel : content.manifest.taken)
        ASSERT_EQ(numbers.count(parcel.number), 1U) << parcel.number;
      const auto count = static_cast<int>(slips.size());
      ASSERT_GE(count, before);
      ASSERT_LE(count, before + 1);
      before = count;
      for (std::size_t i = 0; i + 1 < slips.size(); ++i)
        EXPECT_NE(slips[i].back().kind, SlipRow::Kind::heading) << "left alone at the end";
    }
    EXPECT_GT(before, 1);
  }
}

TEST(Slip, LeavesRoomForItsFoot) {
  for (const SlipPaper& paper : kPapers) {
    for (int parcels = 0; parcels <= 260; ++parcels) {
      const auto slips = slips_of(slip_rows(troubled_slip_sample(parcels, false), paper), paper);
      for (std::size_t i = 0; i < slips.size(); ++i) {
        double y = i == 0 ? slip_sizes::first_head : slip_sizes::next_head;
        for (const SlipRow& row : slips[i]) y += row.height;
        const double foot = i + 1 == slips.size() ? slip_sizes::signatures : slip_sizes::foot;
        EXPECT_LE(y, paper.height - slip_sizes::margin - foot) << parcels;
      }
    }
  }
}

// Whatever somebody typed: the paper has to come out for whoever is to sign it.
TEST(Slip, ComesOutWhateverPeopleWrote) {
  SlipContent content = troubled_slip_sample(3, true);
  std::string endless;
  for (int i = 0; i < 3000; ++i) endless += "非常非常长的话";
  for (const std::string& words :
       {endless, std::string(5000, 'W'), std::string("\uE000 \U0001FAE8 王"),
        std::string("broken \xFF\xC3"), std::string("a\nb\tc\x1B"), std::string()}) {
    content.manifest.courier = content.op = content.carrier = content.bench = words;
    content.manifest.incidents.front().text = words;
    content.manifest.refused.front().detail = words;
    const auto label = make_slip(content, {}, {}, 1);
    ASSERT_TRUE(label) << label.error().text;
    EXPECT_EQ(find_symbol(label.value().raster, Symbology::code128), content.manifest.id);
  }
}

TEST(Slip, HasRoomForTheLongestNumbers) {
  for (const SlipPaper& paper : kPapers) {
    SlipContent content = slip_sample(60, false);
    for (ManifestParcel& parcel : content.manifest.taken) parcel.number = std::string(40, 'W');
    const int count = slip_count(content, paper);
    for (int slip = 1; slip <= count; ++slip) {
      const auto label = make_slip(content, paper, {}, slip);
      EXPECT_TRUE(label) << label.error().text;
    }
  }
}

// Bars that this paper has no room for.
TEST(Slip, IsRefusedWhereItsCodeCannotBePrinted) {
  SlipContent content = slip_sample(1, true);
  content.manifest.id = std::string(70, 'W');
  const auto label = make_slip(content, {}, {}, 1);
  ASSERT_FALSE(label);
  EXPECT_EQ(label.error().code, "label_unprintable");
}

}  // namespace
}  // namespace packbench::label
