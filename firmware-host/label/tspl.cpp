#include "label/tspl.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace packbench::label {
namespace {

constexpr std::uint8_t kWhite = 0xFF;
constexpr std::uint8_t kEscape = 0x1B;
constexpr std::uint8_t kBang = '!';
// White that is narrower costs less as dots than as another command.
constexpr int kGapRows = 3, kGapBytes = 4;
constexpr int kDepth = 2;  // how often a tile is cut again

struct Place {
  int byte_x = 0;
  int y = 0;
};

int dots_a_millimetre(int dpi) {
  CHECK(dpi == 203 || dpi == 300);
  return dpi == 203 ? 8 : 12;
}

// Thousandths as a decimal number without zeros at its end.
std::string decimal(int thousandths) {
  std::string out = std::to_string(thousandths / 1'000);
  int rest = thousandths % 1'000;
  if (rest == 0) return out;
  out += '.';
  for (int place = 100; rest > 0; place /= 10) {
    out += static_cast<char>('0' + rest / place);
    rest %= place;
  }
  return out;
}

std::string millimetres(int dots, int a_millimetre) {
  return decimal((dots * 1'000 + a_millimetre / 2) / a_millimetre) + " mm";
}

std::string frame(const Raster& page, const PrinterSetting& printer) {
  const int a_millimetre = dots_a_millimetre(printer.dpi);
  std::string out = "\r\nSIZE " + millimetres(page.width, a_millimetre) + ',' +
                    millimetres(page.height, a_millimetre) + "\r\n";
  out += "GAP " + decimal(printer.gap_tenths * 100) + " mm,0 mm\r\n";
  out += "DIRECTION " + std::to_string(printer.direction) + "\r\nREFERENCE 0,0\r\n";
  out += "SET REPRINT OFF\r\n";
  if (printer.darkness) out += "DENSITY " + std::to_string((*printer.darkness + 1) / 2) + "\r\n";
  if (printer.speed) out += "SPEED " + std::to_string(*printer.speed) + "\r\n";
  return out + "CLS\r\n";
}

// A rectangle of the page, its columns in bytes.
struct Tile {
  int byte_x = 0, y = 0, row_bytes = 0, rows = 0;
};

bool is_blank(const Raster& page, const Tile& tile) {
  for (int y = tile.y; y < tile.y + tile.rows; ++y) {
    const std::uint8_t* row = page.row(y) + tile.byte_x;
    if (std::any_of(row, row + tile.row_bytes, [](std::uint8_t byte) { return byte != 0; }))
      return false;
  }
  return true;
}

// The stretches of `count` slices that are not blank; gaps of less than `gap` slices count as ink.
template <class IsBlank>
std::vector<std::pair<int, int>> stretches(int count, int gap, const IsBlank& blank) {
  std::vector<std::pair<int, int>> out;
  for (int i = 0; i < count; ++i) {
    if (blank(i)) continue;
    if (!out.empty() && i - out.back().second < gap)
      out.back().second = i + 1;
    else
      out.emplace_back(i, i + 1);
  }
  return out;
}

// The ink of a page as tiles: white paper need not be sent. TSPL knows no compression that all
// printers share.
std::vector<Tile> ink_tiles(const Raster& page, const Tile& within, int depth) {
  const auto rows = stretches(within.rows, kGapRows, [&](int i) {
    return is_blank(page, {within.byte_x, within.y + i, within.row_bytes, 1});
  });
  std::vector<Tile> out;
  for (const auto& [top, bottom] : rows) {
    const Tile band{within.byte_x, within.y + top, within.row_bytes, bottom - top};
    const auto columns = stretches(band.row_bytes, kGapBytes, [&](int i) {
      return is_blank(page, {band.byte_x + i, band.y, 1, band.rows});
    });
    for (const auto& [left, right] : columns) {
      const Tile tile{band.byte_x + left, band.y, right - left, band.rows};
      if (depth == 0 || columns.size() == 1) {
        out.push_back(tile);
        continue;
      }
      const auto smaller = ink_tiles(page, tile, depth - 1);
      out.insert(out.end(), smaller.begin(), smaller.end());
    }
  }
  return out;
}

std::string bitmap(Place at, int row_bytes, int rows) {
  return "BITMAP " + std::to_string(at.byte_x * 8) + ',' + std::to_string(at.y) + ',' +
         std::to_string(row_bytes) + ',' + std::to_string(rows) + ",0,";
}

void add_tile(std::string& out, const Raster& page, const Tile& tile,
              std::vector<Place>& left_white) {
  out += bitmap({tile.byte_x, tile.y}, tile.row_bytes, tile.rows);
  const std::size_t first = out.size();
  for (int y = tile.y; y < tile.y + tile.rows; ++y) {
    for (int x = tile.byte_x; x < tile.byte_x + tile.row_bytes; ++x) {
      const auto byte = static_cast<std::uint8_t>(~page.row(y)[x]);
      if (byte == kBang && out.size() > first && out.back() == static_cast<char>(kEscape)) {
        out.back() = static_cast<char>(kWhite);
        left_white.push_back(x > tile.byte_x ? Place{x - 1, y}
                                             : Place{tile.byte_x + tile.row_bytes - 1, y - 1});
      }
      out += static_cast<char>(byte);
    }
  }
  out += "\r\n";
}

}  // namespace

std::string write_tspl(const Raster& page, const PrinterSetting& printer) {
  std::string out = frame(page, printer);
  out.reserve(out.size() + page.bits.size() / 2);
  std::vector<Place> left_white;
  std::vector<Tile> tiles = ink_tiles(page, {0, 0, page.row_bytes(), page.height}, kDepth);
  // A job without dots is none.
  if (tiles.empty()) tiles.push_back({0, 0, 1, 1});
  for (const Tile& tile : tiles) add_tile(out, page, tile, left_white);
  for (const Place& place : left_white) {
    out += bitmap(place, 1, 1) + static_cast<char>(kEscape) + "\r\n";
  }
  return out + "PRINT 1,1\r\n";
}

}  // namespace packbench::label
