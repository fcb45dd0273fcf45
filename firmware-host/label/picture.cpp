#include "label/picture.h"

#include <algorithm>
#include <cmath>

namespace packbench::label {
namespace {

constexpr int kWhite = 255;
constexpr float kThreshold = 127.5F;

// Which of the picture's dots a dot covers, and how much of the first and the last of them.
struct Cover {
  int first = 0, last = 0;
  float first_part = 1, last_part = 1;

  float part(int i) const {
    if (i == first) return first_part;
    return i == last ? last_part : 1;
  }
};

std::vector<Cover> covers(int dots, int from, double scale) {
  std::vector<Cover> out(static_cast<std::size_t>(dots));
  for (int i = 0; i < dots; ++i) {
    const double begin = std::min(i / scale, static_cast<double>(from));
    const double end = std::min((i + 1) / scale, static_cast<double>(from));
    Cover& one = out[static_cast<std::size_t>(i)];
    one.first = std::clamp(static_cast<int>(std::floor(begin)), 0, from - 1);
    one.last = std::clamp(static_cast<int>(std::ceil(end)) - 1, one.first, from - 1);
    if (one.first == one.last) continue;
    one.first_part = static_cast<float>(one.first + 1 - begin);
    one.last_part = static_cast<float>(end - one.last);
  }
  return out;
}

}  // namespace

Picture picture_of(const Raster& page) {
  Picture out(page.width, page.height);
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < page.width; ++x) {
      if (page.black(x, y)) out.row(y)[x] = 0;
    }
  }
  return out;
}

Picture turned(const Picture& picture) {
  Picture out(picture.height, picture.width);
  out.dots_per_mm = picture.dots_per_mm;
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) out.row(y)[x] = picture.row(picture.height - 1 - x)[y];
  }
  return out;
}

Raster scaled_dots(const Picture& picture, double scale) {
  const int width = std::max(1, static_cast<int>(std::lround(picture.width * scale)));
  const int height = std::max(1, static_cast<int>(std::lround(picture.height * scale)));
  const auto columns = covers(width, picture.width, scale);
  const auto rows = covers(height, picture.height, scale);
  std::vector<float> sums(static_cast<std::size_t>(picture.width));
  Raster out(width, height);
  for (int y = 0; y < height; ++y) {
    const Cover& down = rows[static_cast<std::size_t>(y)];
    std::fill(sums.begin(), sums.end(), 0.0F);
    float tall = 0;
    for (int from = down.first; from <= down.last; ++from) {
      tall += down.part(from);
      const std::uint8_t* grey = picture.row(from);
      for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] += down.part(from) * static_cast<float>(kWhite - grey[i]);
    }
    for (int x = 0; x < width; ++x) {
      const Cover& across = columns[static_cast<std::size_t>(x)];
      float ink = 0, wide = 0;
      for (int from = across.first; from <= across.last; ++from) {
        wide += across.part(from);
        ink += across.part(from) * sums[static_cast<std::size_t>(from)];
      }
      if (ink > kThreshold * wide * tall) out.set(x, y);
    }
  }
  return out;
}

}  // namespace packbench::label
