#include "label/zpl.h"

#include <algorithm>
#include <cstring>

namespace packbench::label {
namespace {

constexpr int kBandBytesMax = 99'999;
constexpr std::string_view kHex = "0123456789ABCDEF";

// ASCII compression of ^GF: g..z are 20, 40 ... 400 and G..Y are 1 ... 19 times the next digit.
void add_count(std::string& out, std::size_t count) {
  for (; count > 400; count -= 400) out += 'z';
  if (count >= 20) out += static_cast<char>('g' + count / 20 - 1);
  if (count % 20 != 0) out += static_cast<char>('G' + count % 20 - 1);
}

// Writes a run of one hexadecimal digit; "," and "!" fill the row to its end.
void add_run(std::string& out, char digit, std::size_t count, bool to_end) {
  if (to_end && digit == '0') {
    out += ',';
  } else if (to_end && digit == 'F') {
    out += '!';
  } else if (count == 1) {
    out += digit;
  } else {
    add_count(out, count);
    out += digit;
  }
}

void add_row(std::string& out, const std::uint8_t* row, std::size_t bytes) {
  const auto digit_at = [row](std::size_t i) {
    const std::uint8_t byte = row[i / 2];
    return kHex[i % 2 == 0 ? byte >> 4U : byte & 0x0FU];
  };
  const std::size_t digits = bytes * 2;
  for (std::size_t i = 0; i < digits;) {
    const char digit = digit_at(i);
    std::size_t next = i + 1;
    while (next < digits && digit_at(next) == digit) ++next;
    add_run(out, digit, next - i, next == digits);
    i = next;
  }
}

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

void add_band(std::string& out, const Raster& page, int first, int last) {
  const int row_bytes = page.row_bytes();
  const std::string total = std::to_string(row_bytes * (last - first));
  out += "^FO0," + std::to_string(first) + "^GFA," + total + ',' + total + ',' +
         std::to_string(row_bytes) + ',';
  const auto bytes = static_cast<std::size_t>(row_bytes);
  for (int y = first; y < last; ++y) {
    const bool repeats = y > first && std::memcmp(page.row(y), page.row(y - 1), bytes) == 0;
    if (repeats) {
      out += ':';
    } else {
      add_row(out, page.row(y), bytes);
    }
  }
  out += "^FS\n";
}

}  // namespace

std::string write_zpl(const Raster& page, const PrinterSetting& printer) {
  std::string out;
  out.reserve(32'768);
  out += "^XA^JZN^PON^LH0,0^PW" + std::to_string(page.width) + "^LL" + std::to_string(page.height) +
         "^LS0\n";
  if (printer.darkness) out += "~SD" + two_digits(*printer.darkness) + '\n';
  if (printer.speed) out += "^PR" + std::to_string(*printer.speed) + '\n';
  const int rows = std::max(1, kBandBytesMax / std::max(1, page.row_bytes()));
  for (int y = 0; y < page.height; y += rows) {
    add_band(out, page, y, std::min(y + rows, page.height));
  }
  out += "^PQ1,0,1,N^XZ\n";
  return out;
}

}  // namespace packbench::label
