// A reader of graphic-only ZPL written from the programming guide, apart from the writer: what the
// self-check looks at must be what the printer will see.
#include <sodium.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

#include "label/crc16.h"
#include "label/zpl.h"

namespace packbench::label {
namespace {

constexpr int kZplWidthMax = 2'500;
constexpr int kZplHeightMax = 20'000;
constexpr int kFieldBytesMax = 99'999;

struct Field {
  int x = 0, y = 0, bytes = 0, row_bytes = 0;
  std::string_view data;
};

// Up to four comma-separated numbers of at most five digits; nothing for anything else.
std::optional<std::vector<int>> numbers(std::string_view text) {
  std::vector<int> out;
  while (true) {
    const std::size_t comma = std::min(text.find(','), text.size());
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + comma, number);
    if (comma == 0 || comma > 5 || read.ec != std::errc() || read.ptr != text.data() + comma ||
        number < 0) {
      return std::nullopt;
    }
    out.push_back(number);
    if (comma == text.size()) return out;
    if (out.size() == 4) return std::nullopt;
    text.remove_prefix(comma + 1);
  }
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Expands the data of one field to `field.bytes` bytes; nothing where it is too short, too long,
// or holds a character that means nothing there.
class Expander {
 public:
  explicit Expander(const Field& field)
      : field_(field), digits_a_row_(static_cast<std::size_t>(field.row_bytes) * 2) {
    digits_.reserve(static_cast<std::size_t>(field.bytes) * 2);
  }

  std::optional<std::vector<std::uint8_t>> run() {
    const std::size_t wanted = static_cast<std::size_t>(field_.bytes) * 2;
    for (const char c : field_.data) {
      if (!take(c) || digits_.size() > wanted) return std::nullopt;
    }
    if (digits_.size() != wanted || count_ != 0) return std::nullopt;
    std::vector<std::uint8_t> bytes(wanted / 2);
    for (std::size_t i = 0; i < wanted; ++i) {
      bytes[i / 2] = static_cast<std::uint8_t>(bytes[i / 2] << 4U | digits_[i]);
    }
    return bytes;
  }

 private:
  bool take(char c) {
    if (c >= 'G' && c <= 'Y') return add_count(static_cast<std::size_t>(c - 'G' + 1));
    if (c >= 'g' && c <= 'z') return add_count(static_cast<std::size_t>(c - 'g' + 1) * 20);
    if (const int value = hex_value(c); value >= 0) {
      digits_.insert(digits_.end(), count_ == 0 ? 1 : count_, static_cast<std::uint8_t>(value));
      count_ = 0;
      return true;
    }
    if (count_ != 0) return false;
    const std::size_t column = digits_.size() % digits_a_row_;
    if (c == ',' || c == '!') {
      digits_.insert(digits_.end(), digits_a_row_ - column, c == '!' ? 15 : 0);
      return true;
    }
    if (c != ':' || column != 0 || digits_.size() < digits_a_row_) return false;
    for (std::size_t i = 0; i < digits_a_row_; ++i) {
      digits_.push_back(digits_[digits_.size() - digits_a_row_]);
    }
    return true;
  }

  bool add_count(std::size_t more) {
    count_ += more;
    return count_ <= digits_a_row_;
  }

  const Field field_;
  const std::size_t digits_a_row_;
  std::size_t count_ = 0;
  std::vector<std::uint8_t> digits_;
};

// Base64 of what zlib made, and a checksum over the base64; never more than `field.bytes` bytes.
std::optional<std::vector<std::uint8_t>> unpack(const Field& field) {
  constexpr std::size_t kPrefix = 5, kSum = 5;  // ":Z64:" and ":1F2E"
  if (field.data.size() < kPrefix + kSum) return std::nullopt;
  const std::string_view text = field.data.substr(kPrefix, field.data.size() - kPrefix - kSum);
  if (field.data.substr(kPrefix + text.size()) != ":" + crc16_text(text)) return std::nullopt;
  std::vector<std::uint8_t> packed(text.size());
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(packed.data(), packed.size(), text.data(), text.size(), nullptr, &size,
                        &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(field.bytes));
  uLongf count = bytes.size();
  if (uncompress(bytes.data(), &count, packed.data(), size) != Z_OK || count != bytes.size())
    return std::nullopt;
  return bytes;
}

// One job from ^XA to ^XZ.
class ZplReader {
 public:
  explicit ZplReader(std::string_view job) : rest_(job) {}

  std::optional<Raster> run() {
    if (!next_is("^XA")) return std::nullopt;
    while (!next_is("^XZ")) {
      if (!command()) return std::nullopt;
    }
    const bool ends = rest_.empty() || rest_ == "\n";
    if (!ends || fields_ == 0) return std::nullopt;
    return std::move(page_);
  }

 private:
  bool next_is(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  // The parameters of a command: all up to the next one, without the line's end.
  std::string_view parameters() {
    const std::size_t end = std::min(rest_.find_first_of("^~"), rest_.size());
    std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (text.ends_with('\n')) text.remove_suffix(1);
    return text;
  }

  bool command() {
    if (next_is("^JZ")) return parameters() == "N";
    if (next_is("^PO")) return parameters() == "N";
    if (next_is("^LH")) return parameters() == "0,0";
    if (next_is("^LS")) return parameters() == "0";
    if (next_is("^PQ")) return parameters() == "1,0,1,N";
    if (next_is("~SD")) return setting(30);
    if (next_is("^PR")) return setting(14);
    if (next_is("^PW")) return size(width_, kZplWidthMax);
    if (next_is("^LL")) return size(height_, kZplHeightMax);
    return next_is("^FO") && field();
  }

  bool setting(int limit) {
    const auto read = numbers(parameters());
    return read && read->size() == 1 && read->front() <= limit;
  }

  bool size(int& into, int limit) {
    const auto read = numbers(parameters());
    if (!read || read->size() != 1 || read->front() < 1 || read->front() > limit || into != 0) {
      return false;
    }
    into = read->front();
    if (width_ != 0 && height_ != 0) page_ = Raster(width_, height_);
    return true;
  }

  bool field() {
    Field field;
    const auto origin = numbers(parameters());
    if (!origin || origin->size() != 2 || !next_is("^GFA,")) return false;
    const std::string_view text = parameters();
    std::size_t data = 0;
    for (int comma = 0; comma < 3; ++comma) {
      data = text.find(',', data);
      if (data == std::string_view::npos) return false;
      ++data;
    }
    const auto counts = numbers(text.substr(0, data - 1));
    if (!counts || counts->size() != 3 || !next_is("^FS") || !parameters().empty()) return false;
    field = {(*origin)[0], (*origin)[1], (*counts)[1], (*counts)[2], text.substr(data)};
    ++fields_;
    return (*counts)[0] == field.bytes && draw(field);
  }

  bool draw(const Field& field) {
    if (field.row_bytes < 1 || field.bytes < 1 || field.bytes > kFieldBytesMax ||
        field.bytes % field.row_bytes != 0 || field.x % 8 != 0) {
      return false;
    }
    const int rows = field.bytes / field.row_bytes;
    if (field.x / 8 + field.row_bytes > page_.row_bytes() || field.y + rows > page_.height) {
      return false;
    }
    const auto bytes = field.data.starts_with(":Z64:") ? unpack(field) : Expander(field).run();
    if (!bytes) return false;
    for (int y = 0; y < rows; ++y) {
      std::uint8_t* to = page_.row(field.y + y) + field.x / 8;
      for (int i = 0; i < field.row_bytes; ++i) {
        const auto from = static_cast<std::size_t>(y * field.row_bytes + i);
        to[i] = static_cast<std::uint8_t>(to[i] | (*bytes)[from]);
      }
    }
    return true;
  }

  std::string_view rest_;
  int width_ = 0, height_ = 0;
  int fields_ = 0;
  Raster page_;
};

}  // namespace

Result<Raster> read_zpl(std::string_view job) {
  auto page = ZplReader(job).run();
  if (page) return std::move(*page);
  return Error{"bad_format", "This print job holds more or other than the dots of one label."};
}

}  // namespace packbench::label
