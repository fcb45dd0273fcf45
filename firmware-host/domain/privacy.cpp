#include "domain/privacy.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "base/utf8.h"

namespace packbench {
namespace {

using Text = std::vector<char32_t>;
using View = std::u32string_view;

constexpr std::string_view kUnreadable = "***";
constexpr char32_t kStar = U'*';
constexpr std::size_t kHiddenMin = 6;       // digits of a phone
constexpr std::size_t kTail = 4;            // digits a courier asks for
constexpr std::size_t kHeadMax = 3;         // country code or first digits
constexpr std::size_t kPhoneInAddress = 7;  // a longer run of digits is a phone number
constexpr std::size_t kExtensionMax = 6;
constexpr std::size_t kNameStarsMax = 3;  // of one word

std::string join(const Text& text) {
  std::string out;
  for (const char32_t c : text) out += to_utf8(c);
  return out;
}

bool is_figure(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
}
bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}
bool is_space(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\u3000' || c == U'\u00A0';
}
char32_t lower(char32_t c) {
  return c >= U'A' && c <= U'Z' ? c + 32 : c;
}
bool contains(View set, char32_t c) {
  return set.find(c) != View::npos;
}

// Whether `word` (lower case) stands at position `at`.
bool stands_at(const Text& text, std::size_t at, View word) {
  if (at + word.size() > text.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char32_t w, char32_t c) { return w == lower(c); });
}

std::size_t count_digits(const Text& text, std::size_t from, std::size_t to) {
  return static_cast<std::size_t>(std::count_if(text.begin() + static_cast<std::ptrdiff_t>(from),
                                                text.begin() + static_cast<std::ptrdiff_t>(to),
                                                is_figure));
}

// Where the extension of a virtual number starts (at its first digit); the length of the text
// where there is none. "0577-62345678" has none, "18412345678-0042" and "...转0042" have one.
std::size_t extension_start(const Text& text) {
  std::size_t last = text.size();
  while (last > 0 && !is_figure(text[last - 1])) --last;
  std::size_t first = last;
  while (first > 0 && is_figure(text[first - 1])) --first;
  std::size_t separator = first;
  while (separator > 0 && !is_figure(text[separator - 1])) --separator;
  if (first == last || separator == 0 || last - first > kExtensionMax) return text.size();

  const std::size_t before = count_digits(text, 0, separator);
  bool marked = false;
  for (std::size_t i = separator; i < first; ++i) {
    marked = marked || contains(U"转转轉机機#＃x,，;；[（(_", lower(text[i]));
  }
  const bool international = contains(U"+＋", text.front());
  const std::size_t whole_number = international ? 12 : 10;
  return before >= (marked ? kPhoneInAddress : whole_number) ? first : text.size();
}

void mask_phone_digits(Text& text, std::size_t from, std::size_t to) {
  const std::size_t count = count_digits(text, from, to);
  const std::size_t tail = count > kHiddenMin ? std::min(kTail, count - kHiddenMin) : 0;
  const std::size_t head =
      count > kHiddenMin + tail ? std::min(kHeadMax, count - kHiddenMin - tail) : 0;
  std::size_t seen = 0;
  for (std::size_t i = from; i < to; ++i) {
    if (!is_figure(text[i])) continue;
    if (seen >= head && seen + tail < count) text[i] = kStar;
    ++seen;
  }
}

bool is_door_separator(char32_t c) {
  return contains(U"-－—–~/、", c);
}

void hide(Text& text, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    if (!is_space(text[i]) && !is_door_separator(text[i])) text[i] = kStar;
  }
}

// A word that follows a door's number; `plain` is what the number may be made of.
struct DoorWord {
  View word;
  View plain;
};
constexpr View kUnitNames = U"一二三四五六七八九十百零〇两甲乙丙丁东西南北中";
constexpr View kNumerals = U"一二三四五六七八九十百零〇两";
// 房 and 户 end many place names (西江千户, 三房村): only digits and letters count before them.
constexpr std::array<DoorWord, 7> kDoorWords = {{{U"单元", kUnitNames},
                                                 {U"單元", kUnitNames},
                                                 {U"号房", kNumerals},
                                                 {U"號房", kNumerals},
                                                 {U"室", kNumerals},
                                                 {U"户", U""},
                                                 {U"房", U""}}};

// "2单元", "1501室", "三〇一室", "12号房": hides what stands before the word.
void mask_before_words(Text& text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    for (const auto& [word, plain] : kDoorWords) {
      if (!stands_at(text, at, word)) continue;
      // By a name of its own: clang 14 captures no structured binding.
      const auto of_number = [allowed = plain](char32_t c) {
        return is_figure(c) || is_letter(c) || contains(allowed, c);
      };
      std::size_t first = at;
      while (first > 0 &&
             (of_number(text[first - 1]) || is_space(text[first - 1]) ||
              (first > 1 && is_door_separator(text[first - 1]) && of_number(text[first - 2])))) {
        --first;
      }
      hide(text, first, at);
    }
  }
}

// "Apt 5B", "Room 301", "Unit 3/45": hides the number behind the word up to a slash or a space.
void mask_behind_words(Text& text) {
  constexpr std::array<View, 14> kWords = {U"apartment", U"appartement", U"suite", U"room", U"unit",
                                           U"flat",      U"apt",         U"ste",   U"rm",   U"door",
                                           U"房间",      U"房号",        U"室号",  U"#"};
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const View word : kWords) {
      if (!stands_at(text, at, word)) continue;
      const bool latin = is_letter(word.front());
      if (latin && at > 0 && is_letter(text[at - 1])) continue;
      std::size_t first = at + word.size();
      while (first < text.size() && (is_space(text[first]) || contains(U".:：#-", text[first]))) {
        ++first;
      }
      std::size_t last = first;
      while (last < text.size() && (is_figure(text[last]) || is_letter(text[last]) ||
                                    (text[last] == U'-' && last + 1 < text.size()))) {
        ++last;
      }
      // "Unit Trust House" and "Flatbush": a word, not the number of a door.
      if (count_digits(text, first, last) > 0 || (last - first == 1 && first > at + word.size())) {
        hide(text, first, last);
      }
    }
  }
}

// The nearest character before `at` that is no space; 0 where there is none.
char32_t character_before(const Text& text, std::size_t at) {
  while (at > 0 && is_space(text[at - 1])) --at;
  return at == 0 ? 0 : text[at - 1];
}

// Behind one of these a number is a room, whatever follows it: 3栋1203号.
bool follows_building(const Text& text, std::size_t first) {
  return contains(U"栋棟幢座楼樓层層梯", character_before(text, first));
}

// What makes a bare number something else than a room when it follows or precedes it.
bool is_street_number(const Text& text, std::size_t first, std::size_t last) {
  constexpr View kPartOfPlace = U"弄路街巷楼樓栋棟幢座组組队隊米层層期区區村里年月日国國省高县縣#";
  if (last < text.size()) {
    if (contains(kPartOfPlace, text[last])) return true;
    if (contains(U"号號", text[last])) return !follows_building(text, first);
  }
  return contains(U"道路街線线弄巷同箱第", character_before(text, first));
}

// "3-2-501": the building stays, unit and room go. "3栋1501": so does a number behind a building.
void mask_bare_numbers(Text& text) {
  const auto of_number = [](char32_t c) { return is_figure(c) || is_letter(c); };
  for (std::size_t first = 0; first < text.size(); ++first) {
    if (!of_number(text[first])) continue;
    std::size_t last = first;
    std::size_t second = first;
    while (last < text.size()) {
      std::size_t next = last;  // behind the separators, of which there may be several: 16--7
      while (next < text.size() && is_door_separator(text[next])) ++next;
      if (next == text.size() || !of_number(text[next])) break;
      if (next != last && !is_figure(text[next])) break;
      if (next != last && second == first) second = next;
      last = next + 1;
    }
    const bool compact = second != first;
    const char32_t before = character_before(text, first);
    const bool behind_chinese = before > 0x7F;
    const bool whole_line = before == 0 && last == text.size();
    const std::size_t digits = count_digits(text, first, last);
    const bool door = (compact && (behind_chinese || whole_line)) ||
                      ((behind_chinese || whole_line) && digits >= 2) ||
                      (follows_building(text, first) && digits >= 1);
    if (digits > 0 && door && !is_street_number(text, first, last)) hide(text, second, last);
    first = last;
  }
}

void mask_phones_within(Text& text) {
  for (std::size_t first = 0; first < text.size(); ++first) {
    if (!is_figure(text[first])) continue;
    std::size_t last = first;
    while (last < text.size() && is_figure(text[last])) ++last;
    if (last - first >= kPhoneInAddress) mask_phone_digits(text, first, last);
    first = last;
  }
}

}  // namespace

std::string mask_phone(std::string_view phone) {
  auto text = code_points(phone);
  if (!text) return std::string(kUnreadable);
  if (text->empty()) return {};
  mask_phone_digits(*text, 0, extension_start(*text));
  return join(*text);
}

std::string mask_name(std::string_view name) {
  const auto text = code_points(name);
  if (!text) return std::string(kUnreadable);
  Text out;
  std::size_t in_word = 0;  // characters of the word so far
  bool hidden = false;
  std::optional<std::size_t> last;
  for (const char32_t c : *text) {
    if (is_space(c) || contains(U"·・.-'", c)) {
      in_word = 0;
      out.push_back(c);
      continue;
    }
    ++in_word;
    if (in_word > 1 + kNameStarsMax) continue;
    last = out.size();
    hidden = hidden || in_word > 1;
    out.push_back(in_word > 1 ? kStar : c);
  }
  // A name of one letter, or of words of one letter each: its last one goes.
  if (!hidden && last) out[*last] = kStar;
  return join(out);
}

std::string mask_address(std::string_view address) {
  auto text = code_points(address);
  if (!text) return std::string(kUnreadable);
  mask_phones_within(*text);
  mask_before_words(*text);
  mask_behind_words(*text);
  mask_bare_numbers(*text);
  return join(*text);
}

}  // namespace packbench
