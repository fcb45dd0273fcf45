#include "label/supplied_zpl.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

#include "label/picture.h"
#include "label/zpl.h"

namespace packbench::label {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr int kNumberMax = 99'999;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = std::min(text.find_first_not_of(kBlank), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(kBlank) + 1);
}

// Their parameters never draw: how the printer is set is for its own configuration to say.
constexpr std::array<std::string_view, 8> kSettings = {"^CI", "^FX", "^JZ", "^MD",
                                                       "^MM", "^MN", "^MT", "^PR"};
// And these only where they change nothing.
struct Neutral {
  std::string_view command, parameters;
};
constexpr std::array<Neutral, 6> kNeutral = {
    {{"^PO", "N"}, {"^PM", "N"}, {"^LH", "0,0"}, {"^LS", "0"}, {"^LR", "N"}, {"^LT", "0"}}};

// Commands by what is wrong with them.
struct Reason {
  std::string_view commands;  // one after the other, three characters each
  std::string_view en, zh;
};
constexpr std::array<Reason, 5> kReasons = {{
    {"^DF^XF^IM^IL^IS^ID^XG^DG^DY", "uses what is stored in a printer", "用到打印机里存的内容"},
    {"^FD^FV^FN^FT^BC^BY^BQ^BX^B3^B7^CF^FB^GB^GC^GD^GE^GS^SN^FH^TB",
     "leaves drawing to the printer", "要打印机自己画"},
    {"^CC^CD^CT^CM^KD^JU^HH^HW^WD^FL^SZ^JM^MU^LN^ST^SC^SE^SX^SO^KP^KL^KN^MP",
     "changes how the printer is set up", "会改打印机的设置"},
    {"^XA", "holds more than one label", "不止一张"},
    {"^PQ", "asks for more than one print", "要打不止一份"},
}};

Refusal foreign(std::string_view command) {
  const std::string name(command);
  if (command.starts_with('~'))
    return {"gives the printer an immediate command (" + name + ")",
            "含有直接操作打印机的命令（" + name + "）"};
  for (const Reason& reason : kReasons) {
    for (std::size_t at = 0; at < reason.commands.size(); at += 3) {
      if (reason.commands.substr(at, 3) != command) continue;
      return {std::string(reason.en) + " (" + name + ")",
              std::string(reason.zh) + "（" + name + "）"};
    }
  }
  return {"holds more than the dots of a label (" + name + ")",
          "除了图形还有别的命令（" + name + "）"};
}

// As it may stand in a sentence: other people's bytes do not.
std::string_view speakable(std::string_view command) {
  const bool plain = command.size() == 3 && std::all_of(command.begin(), command.end(), [](char c) {
                       return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                              (c >= '0' && c <= '9') || c == '@' || c == '^' || c == '~';
                     });
  if (plain) return command;
  return command.starts_with('~') ? "~" : "^";
}

struct Command {
  std::string_view name;  // "^FO"
  std::string_view parameters;
};

std::optional<Command> next_command(std::string_view& rest) {
  if (rest.empty()) return std::nullopt;
  const std::size_t end = std::min(rest.find_first_of("^~", 1), rest.size());
  const std::string_view whole = rest.substr(0, end);
  rest.remove_prefix(end);
  return Command{whole.substr(0, 3), trimmed(whole.substr(std::min<std::size_t>(3, end)))};
}

// The parameter before the comma numbered `comma`; empty where there is none.
std::string_view parameter_at(std::string_view parameters, int comma) {
  for (; comma > 0; --comma) {
    const std::size_t at = parameters.find(',');
    if (at == std::string_view::npos) return {};
    parameters.remove_prefix(at + 1);
  }
  return parameters.substr(0, parameters.find(','));
}

// Reads it as a number up to kNumberMax; 0 where there is none. False for anything else: what a
// printer makes of that is unknown, and a label must not be printed altered.
bool read_number(std::string_view parameters, int comma, int& number) {
  const std::string_view text = parameter_at(parameters, comma);
  number = 0;
  if (text.empty()) return true;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && number >= 0 &&
         number <= kNumberMax;
}

Refusal unread(std::string_view command) {
  const std::string name(command);
  return {"has a number that cannot be read (" + name + ")", "有读不懂的数字（" + name + "）"};
}

// Takes the commands one by one and writes what is left as a job that read_zpl() takes.
class Sieve {
 public:
  std::optional<Refusal> take(const Command& command) {
    const auto& [name, parameters] = command;
    if (name == "^XZ") {
      ended_ = true;
      return std::nullopt;
    }
    if (ended_) return foreign("^XA");
    if (name == "^PW" || name == "^LL") {
      if (!read_number(parameters, 0, name == "^PW" ? width_ : height_)) return unread(name);
      return std::nullopt;
    }
    if (name == "^FO") {
      // A third number, of how to align, means nothing for a graphic.
      if (!read_number(parameters, 0, x_) || !read_number(parameters, 1, y_)) return unread(name);
      fields_ += "^FO" + std::to_string(x_) + ',' + std::to_string(y_);
      return std::nullopt;
    }
    if (name == "^GF") return graphic(parameters);
    if (name == "^FS") {
      fields_ += "^FS";
      return std::nullopt;
    }
    if (name == "^PQ") return quantity(parameters);
    if (name == "~SD" || is_setting(command)) return std::nullopt;
    return foreign(speakable(name));
  }

  bool ended() const { return ended_; }

  Box page(const Box& paper) const {
    return {0, 0, width_ != 0 ? width_ : std::max(right_, paper.width),
            height_ != 0 ? height_ : std::max(bottom_, paper.height)};
  }

  // Why it is not worth drawing, said before memory and time are taken for it.
  std::optional<Refusal> excess(const Box& page) const {
    const auto width = static_cast<std::uint64_t>(page.width);
    const auto height = static_cast<std::uint64_t>(page.height);
    if (width * height > kPictureDotsMax) {
      const std::string dots = std::to_string(width) + " x " + std::to_string(height);
      return Refusal{"is ZPL of " + dots + " dots", "是 " + dots + " 点的 ZPL"};
    }
    // Graphics may overlap, and a small file may hold thousands of them.
    constexpr std::uint64_t kLayersMax = 4;
    if (bytes_ > (width + 7) / 8 * height * kLayersMax)
      return Refusal{"is ZPL whose graphics fill the label many times over",
                     "是 ZPL，图形加起来比面单大很多倍"};
    return std::nullopt;
  }

  std::string job(const Box& page) const {
    return "^XA^PW" + std::to_string(page.width) + "^LL" + std::to_string(page.height) + fields_ +
           "^XZ";
  }

 private:
  static bool is_setting(const Command& command) {
    const auto neutral = std::find_if(kNeutral.begin(), kNeutral.end(), [&](const Neutral& one) {
      return one.command == command.name;
    });
    if (neutral != kNeutral.end()) return command.parameters == neutral->parameters;
    return std::find(kSettings.begin(), kSettings.end(), command.name) != kSettings.end();
  }

  static std::optional<Refusal> quantity(std::string_view parameters) {
    int prints = 0, copies = 0;
    if (!read_number(parameters, 0, prints) || !read_number(parameters, 2, copies))
      return unread("^PQ");
    if (prints > 1 || copies > 1) return foreign("^PQ");
    return std::nullopt;
  }

  std::optional<Refusal> graphic(std::string_view parameters) {
    if (!parameters.starts_with("A,"))
      return Refusal{"has a graphic that is not of the kind ^GFA", "的图形不是 ^GFA 格式"};
    fields_ += "^GF";
    const std::size_t start = fields_.size();
    for (const char c : parameters) {
      if (kBlank.find(c) == std::string_view::npos) fields_ += c;
    }
    const std::string_view whole = std::string_view(fields_).substr(start);
    int bytes = 0, row_bytes = 0;
    if (!read_number(whole, 2, bytes) || !read_number(whole, 3, row_bytes)) return unread("^GF");
    bytes_ += static_cast<std::uint64_t>(bytes);
    right_ = std::max(right_, x_ + row_bytes * 8);
    if (row_bytes > 0) bottom_ = std::max(bottom_, y_ + bytes / row_bytes);
    return std::nullopt;
  }

  int width_ = 0, height_ = 0;
  int x_ = 0, y_ = 0;
  int right_ = 0, bottom_ = 0;  // of what the graphics cover
  std::uint64_t bytes_ = 0;     // that all graphics say they have
  bool ended_ = false;
  std::string fields_;
};

}  // namespace

bool is_zpl(std::string_view bytes) {
  const std::string_view text = trimmed(bytes.substr(0, 64));
  return text.starts_with('^') || text.starts_with('~');
}

Taken<Raster> read_graphic_zpl(std::string_view bytes, const Box& paper) {
  std::string_view rest = trimmed(bytes);
  const auto first = next_command(rest);
  if (!first || first->name != "^XA") return foreign(first ? speakable(first->name) : "^XZ");
  Sieve sieve;
  while (const auto command = next_command(rest)) {
    if (auto refusal = sieve.take(*command)) return std::move(*refusal);
  }
  if (!sieve.ended()) return Refusal{"breaks off (no ^XZ at its end)", "不完整（结尾没有 ^XZ）"};
  const Box size = sieve.page(paper);
  if (auto refusal = sieve.excess(size)) return std::move(*refusal);
  auto page = read_zpl(sieve.job(size));
  if (page) return std::move(page).value();
  return Refusal{
      "has a graphic that is damaged, reaches beyond the label or begins beside a "
      "multiple of 8 dots",
      "的图形损坏、超出面单，或者起点不是 8 点的倍数"};
}

}  // namespace packbench::label
