#include "label/code128.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <string>

#include "base/digit.h"

namespace packbench::label {
namespace {

constexpr std::size_t kLongest = 80;
constexpr int kCodeC = 99;
constexpr int kCodeB = 100;
constexpr int kStartB = 104;
constexpr int kStartC = 105;
constexpr int kStop = 106;
constexpr int kModulus = 103;

// ISO/IEC 15417 table 1: widths of the three bars and three spaces; the stop has a fourth bar.
constexpr std::array<std::string_view, 107> kPatterns = {
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};

enum class Set { b, c };

bool is_pair(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && is_digit(text[at]) && is_digit(text[at + 1]);
}

// The fewest symbols for the rest of the text from each position, by the set that is active there.
// Set A has nothing that B lacks but control characters, which are refused.
struct Costs {
  std::vector<int> b, c;
  explicit Costs(std::string_view text) : b(text.size() + 1), c(text.size() + 1) {
    for (std::size_t i = text.size(); i-- > 0;) {
      const int stay_b = 1 + b[i + 1];
      const int stay_c = is_pair(text, i) ? 1 + c[i + 2] : stay_b + 1;
      b[i] = std::min(stay_b, stay_c + 1);
      c[i] = std::min(stay_c, stay_b + 1);
    }
  }
};

std::vector<int> symbols_of(std::string_view text) {
  const Costs costs(text);
  Set set = costs.c[0] < costs.b[0] ? Set::c : Set::b;
  std::vector<int> symbols = {set == Set::c ? kStartC : kStartB};
  for (std::size_t i = 0; i < text.size();) {
    const int in_b = 1 + costs.b[i + 1];
    const bool pair = is_pair(text, i);
    // In doubt the set stays, so that one text has one picture.
    const Set wanted = !pair           ? Set::b
                       : set == Set::c ? (1 + costs.c[i + 2] <= in_b + 1 ? Set::c : Set::b)
                                       : (in_b <= 2 + costs.c[i + 2] ? Set::b : Set::c);
    if (wanted != set) symbols.push_back(wanted == Set::c ? kCodeC : kCodeB);
    set = wanted;
    if (set == Set::c) {
      symbols.push_back((text[i] - '0') * 10 + (text[i + 1] - '0'));
      i += 2;
    } else {
      symbols.push_back(text[i] - ' ');
      ++i;
    }
  }
  int sum = symbols[0];
  for (std::size_t i = 1; i < symbols.size(); ++i) {
    sum = (sum + static_cast<int>(i) * symbols[i]) % kModulus;
  }
  symbols.push_back(sum % kModulus);
  symbols.push_back(kStop);
  return symbols;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> code128_widths(std::string_view text) {
  const bool printable =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (text.empty() || text.size() > kLongest || !printable) return std::nullopt;
  std::vector<std::uint8_t> widths;
  for (const int symbol : symbols_of(text)) {
    for (const char width : kPatterns[static_cast<std::size_t>(symbol)]) {
      widths.push_back(static_cast<std::uint8_t>(width - '0'));
    }
  }
  return widths;
}

int total_modules(const std::vector<std::uint8_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), 0);
}

}  // namespace packbench::label
