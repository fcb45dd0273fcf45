#include "label/slip_rows.h"

#include <algorithm>
#include <utility>

#include "base/time_text.h"
#include "base/utf8.h"
#include "domain/manifest_words.h"

namespace packbench::label {
namespace {

namespace words = manifest_words;
namespace sizes = slip_sizes;

constexpr double kNumberHeight = 3.9, kHeadingHeight = 6.2, kLineHeight = 4.4, kTwoLines = 7.6;
constexpr double kLetterEm = 0.61;  // a little more than the font's bold digits
constexpr int kColumnsMax = 4;

int columns_of(const StoredManifest& manifest, const SlipPaper& paper) {
  std::size_t longest = 1;
  for (const ManifestParcel& parcel : manifest.taken)
    longest = std::max(longest, parcel.number.size());
  const double cell =
      sizes::index_width + static_cast<double>(longest) * kLetterEm * sizes::number + sizes::gap;
  return std::clamp(static_cast<int>((paper.width - 2 * sizes::margin) / cell), 1, kColumnsMax);
}

// How wide a text may be, in ems of its size.
double ems(const std::string& text) {
  const auto points = code_points(text);
  double sum = 0;
  for (const char32_t c : points ? *points : std::vector<char32_t>())
    sum += c < 0x2E80 ? kLetterEm : 1.0;
  return sum;
}

class Rows {
 public:
  Rows(const SlipContent& content, const SlipPaper& paper)
      : content_(content), paper_(paper), all_{columns_of(content.manifest, paper), {}} {}

  SlipRows made() {
    const StoredManifest& manifest = content_.manifest;
    // What is short and may be argued about comes first, beside the two counts.
    if (manifest.courier.empty() && manifest.closed == manifest.opened) text(say(words::by_trace));
    incidents();
    refused();
    std::vector<std::string> taken;
    for (const ManifestParcel& parcel : manifest.taken) taken.push_back(parcel.number);
    heading(words::taken, taken.size());
    if (taken.empty()) text(say(words::none));
    numbers(taken);
    return std::move(all_);
  }

 private:
  std::string say(const ManifestWords& what) const { return what.in(content_.chinese); }

  void heading(const ManifestWords& what, std::size_t count) {
    all_.rows.push_back(
        {SlipRow::Kind::heading, kHeadingHeight, 1, {say(what) + " " + std::to_string(count)}});
  }
  void text(std::string what) {
    const bool fits = ems(what) * sizes::text <= paper_.width - 2 * sizes::margin;
    all_.rows.push_back(
        {SlipRow::Kind::text, fits ? kLineHeight : kTwoLines, fits ? 1 : 2, {std::move(what)}});
  }
  void numbers(const std::vector<std::string>& all) {
    const auto columns = static_cast<std::size_t>(all_.columns);
    for (std::size_t i = 0; i < all.size(); i += columns) {
      SlipRow row{SlipRow::Kind::numbers, kNumberHeight, 1, {}, i + 1};
      for (std::size_t j = i; j < std::min(all.size(), i + columns); ++j)
        row.cells.push_back(all[j]);
      all_.rows.push_back(std::move(row));
    }
  }

  void incidents() {
    const auto& incidents = content_.manifest.incidents;
    if (incidents.empty()) return;
    heading(words::incidents, incidents.size());
    for (const ManifestIncident& each : incidents)
      text(format_local(each.at, content_.zone, "%H:%M") + " " + say(words::incident(each.code)) +
           (each.text.empty() ? "" : " · " + each.text));
  }

  void refused() {
    const auto& refused = content_.manifest.refused;
    if (refused.empty()) return;
    heading(words::refused, refused.size());
    for (const RefusedParcel& each : refused)
      text(each.number + (each.detail.empty() ? "" : " · " + each.detail));
  }

  const SlipContent& content_;
  const SlipPaper paper_;
  SlipRows all_;
};

}  // namespace

SlipRows slip_rows(const SlipContent& content, const SlipPaper& paper) {
  return Rows(content, paper).made();
}

std::vector<std::vector<SlipRow>> slips_of(const SlipRows& all, const SlipPaper& paper) {
  std::vector<std::vector<SlipRow>> slips(1);
  const double bottom = paper.height - sizes::margin - sizes::foot;
  double y = sizes::first_head;
  const auto next_slip = [&] {
    slips.emplace_back();
    y = sizes::next_head;
  };
  for (std::size_t i = 0; i < all.rows.size(); ++i) {
    const SlipRow& row = all.rows[i];
    // A heading is not left alone at the end.
    const bool heads = row.kind == SlipRow::Kind::heading && i + 1 < all.rows.size();
    const double needed = row.height + (heads ? all.rows[i + 1].height : 0);
    if (y + needed > bottom) next_slip();
    y += row.height;
    slips.back().push_back(row);
  }
  if (y > paper.height - sizes::margin - sizes::signatures) next_slip();
  return slips;
}

}  // namespace packbench::label
