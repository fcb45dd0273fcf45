#include "label/tspl.h"

#include <utility>
#include <vector>

namespace packbench::label {
namespace {

constexpr std::uint8_t kWhite = 0xFF;
constexpr std::uint8_t kEscape = 0x1B;
constexpr std::uint8_t kBang = '!';

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

std::string bitmap(Place at, int row_bytes, int rows) {
  return "BITMAP " + std::to_string(at.byte_x * 8) + ',' + std::to_string(at.y) + ',' +
         std::to_string(row_bytes) + ',' + std::to_string(rows) + ",0,";
}

}  // namespace

std::string write_tspl(const Raster& page, const PrinterSetting& printer) {
  const int row_bytes = page.row_bytes();
  std::string out = frame(page, printer);
  out.reserve(out.size() + page.bits.size() + 4'096);
  out += bitmap({0, 0}, row_bytes, page.height);
  const std::size_t first = out.size();
  std::vector<Place> left_white;
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < row_bytes; ++x) {
      const auto byte = static_cast<std::uint8_t>(~page.row(y)[x]);
      if (byte == kBang && out.size() > first && out.back() == static_cast<char>(kEscape)) {
        out.back() = static_cast<char>(kWhite);
        left_white.push_back(x > 0 ? Place{x - 1, y} : Place{row_bytes - 1, y - 1});
      }
      out += static_cast<char>(byte);
    }
  }
  out += "\r\n";
  for (const Place& place : left_white) {
    out += bitmap(place, 1, 1) + static_cast<char>(kEscape) + "\r\n";
  }
  return out + "PRINT 1,1\r\n";
}

}  // namespace packbench::label
