// Views made by hand for the tests of the window: one for each screen, as a bench would publish it.
#pragma once

#include <string>
#include <vector>

#include "station/view.h"

namespace packbench::ui_test {

struct Sample {
  std::string name;
  station::StationView view;
};

// 2026-11-22 14:32 in Shanghai: what the clock of the samples shows.
inline constexpr Instant kSampleNow{1'795'329'120'000'000};

std::vector<Sample> samples(station::Language language);
const Sample& sample(const std::vector<Sample>& all, const std::string& name);

}  // namespace packbench::ui_test
