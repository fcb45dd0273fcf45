// Raster: a page of dots as a thermal print head takes it: one bit a dot, 1 is black, the first
// dot of a row in the highest bit, rows padded to whole bytes. Value type, no thread rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.h"

namespace packbench::label {

// In dots, y downwards.
struct Box {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool operator==(const Box&) const = default;
};

struct Raster {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bits;

  Raster() = default;
  Raster(int w, int h)
      : width(w),
        height(h),
        bits(static_cast<std::size_t>(row_bytes_of(w)) * static_cast<std::size_t>(h)) {}

  static int row_bytes_of(int width) { return (width + 7) / 8; }
  int row_bytes() const { return row_bytes_of(width); }
  const std::uint8_t* row(int y) const { return bits.data() + offset(y); }
  std::uint8_t* row(int y) { return bits.data() + offset(y); }

  bool black(int x, int y) const { return ((row(y)[x / 8] >> (7 - x % 8)) & 1) != 0; }
  void set(int x, int y) {
    row(y)[x / 8] = static_cast<std::uint8_t>(row(y)[x / 8] | (0x80 >> (x % 8)));
  }

  bool holds(const Box& box) const {
    return box.x >= 0 && box.y >= 0 && box.width >= 0 && box.height >= 0 &&
           box.x + box.width <= width && box.y + box.height <= height;
  }
  void fill(const Box& box) {
    CHECK(holds(box));
    for (int y = box.y; y < box.y + box.height; ++y) {
      for (int x = box.x; x < box.x + box.width; ++x) set(x, y);
    }
  }
  bool operator==(const Raster&) const = default;

 private:
  std::size_t offset(int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(row_bytes());
  }
};

}  // namespace packbench::label
