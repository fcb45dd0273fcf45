#include "domain/manifest.h"

#include <algorithm>
#include <charconv>

#include "base/digit.h"

namespace packbench {
namespace {

constexpr std::string_view kBetween = "-M";
constexpr std::size_t kBenchLength = 7;

bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

std::string manifest_id(std::string_view bench, std::int64_t number) {
  return std::string(bench) + std::string(kBetween) + std::to_string(number);
}

std::optional<std::int64_t> manifest_number(std::string_view bench, std::string_view id) {
  if (!id.starts_with(bench) || !id.substr(bench.size()).starts_with(kBetween)) return std::nullopt;
  const std::string_view digits = id.substr(bench.size() + kBetween.size());
  std::int64_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number);
  // Only as manifest_id() writes it: no sign, no zero in front.
  if (error != std::errc() || stop != end || number < 1 || manifest_id(bench, number) != id)
    return std::nullopt;
  return number;
}

bool looks_like_manifest(std::string_view text) {
  const std::string_view bench = text.substr(0, kBenchLength);
  return bench.size() == kBenchLength && bench.front() == 'B' && are_digits(bench.substr(1)) &&
         manifest_number(bench, text).has_value();
}

}  // namespace packbench
