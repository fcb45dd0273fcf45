#include "domain/check_character.h"

#include <algorithm>

namespace packbench {

bool is_layout_safe(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kSafeAlphabet) == std::string_view::npos;
}

std::optional<char> check_character(std::string_view text) {
  if (!is_layout_safe(text)) return std::nullopt;
  const std::size_t base = kSafeAlphabet.size();
  std::size_t sum = 0;
  std::size_t weight = 1;
  // From the right, so that the check character itself would have the weight one.
  for (auto it = text.rbegin(); it != text.rend(); ++it) {
    weight = weight * 2 % base;
    sum = (sum + weight * kSafeAlphabet.find(*it)) % base;
  }
  return kSafeAlphabet[(base - sum) % base];
}

bool check_character_holds(std::string_view text) {
  if (text.size() < 2) return false;
  return check_character(text.substr(0, text.size() - 1)) == text.back();
}

}  // namespace packbench
