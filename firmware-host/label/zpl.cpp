#include "label/zpl.h"

#include <sodium.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "label/crc16.h"

namespace packbench::label {
namespace {

constexpr int kBandBytesMax = 99'999;
constexpr int kEffort = 4;  // of zlib: a tenth larger than with 6 in half the time
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

// zlib, base64 and a checksum over that.
void add_packed(std::string& out, const std::uint8_t* dots, std::size_t count) {
  std::vector<Bytef> packed(compressBound(count));
  uLongf size = packed.size();
  CHECK(compress2(packed.data(), &size, dots, count, kEffort) == Z_OK);
  const std::size_t start = out.size() + std::strlen(":Z64:");
  out += ":Z64:";
  out.resize(start + sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL));
  sodium_bin2base64(out.data() + start, out.size() - start, packed.data(), size,
                    sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // the zero byte that ends a C text
  out += ':' + crc16_text(std::string_view(out).substr(start));
}

void add_ascii(std::string& out, const Raster& page, int first, int last) {
  const auto bytes = static_cast<std::size_t>(page.row_bytes());
  for (int y = first; y < last; ++y) {
    const bool repeats = y > first && std::memcmp(page.row(y), page.row(y - 1), bytes) == 0;
    if (repeats) {
      out += ':';
    } else {
      add_row(out, page.row(y), bytes);
    }
  }
}

void add_band(std::string& out, const Raster& page, int first, int last, bool packed) {
  const int row_bytes = page.row_bytes();
  const int count = row_bytes * (last - first);
  const std::string total = std::to_string(count);
  out += "^FO0," + std::to_string(first) + "^GFA," + total + ',' + total + ',' +
         std::to_string(row_bytes) + ',';
  if (packed)
    add_packed(out, page.row(first), static_cast<std::size_t>(count));
  else
    add_ascii(out, page, first, last);
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
    add_band(out, page, y, std::min(y + rows, page.height), printer.compressed);
  }
  out += "^PQ1,0,1,N^XZ\n";
  return out;
}

}  // namespace packbench::label
