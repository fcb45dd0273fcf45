#include "domain/pin.h"

#include <fmt/format.h>
#include <sodium.h>

#include <charconv>
#include <cstddef>
#include <vector>

namespace packbench {
namespace {

constexpr std::uint64_t kPasses = 2;
constexpr std::size_t kMemory = 19 * 1024 * 1024;
constexpr std::uint64_t kPassesMax = 16;
constexpr std::size_t kMemoryMax = 256 * 1024 * 1024;
constexpr std::size_t kHashBytes = 32;
constexpr std::string_view kHashPrefix = "argon2id$v=19$";

static_assert(std::tuple_size_v<PinSalt> == crypto_pwhash_SALTBYTES);

using Hash = std::array<std::uint8_t, kHashBytes>;

struct Encoded {
  std::uint64_t passes = 0;
  std::size_t memory = 0;
  PinSalt salt{};
  Hash hash{};
};

std::optional<Hash> argon2id(std::string_view pin, const PinSalt& salt, std::uint64_t passes,
                             std::size_t memory) {
  Hash hash{};
  const int failed = crypto_pwhash(hash.data(), hash.size(), pin.data(), pin.size(), salt.data(),
                                   passes, memory, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) return std::nullopt;
  return hash;
}

template <std::size_t N>
std::string to_hex(const std::array<std::uint8_t, N>& bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

template <std::size_t N>
bool from_hex(std::string_view text, std::array<std::uint8_t, N>& bytes) {
  if (text.size() != 2 * N) return false;
  for (std::size_t i = 0; i < N; ++i) {
    const char* first = text.data() + 2 * i;
    const auto [end, error] = std::from_chars(first, first + 2, bytes[i], 16);
    if (error != std::errc() || end != first + 2) return false;
  }
  return true;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<Encoded> decode(std::string_view text) {
  if (!text.starts_with(kHashPrefix)) return std::nullopt;
  text.remove_prefix(kHashPrefix.size());
  std::vector<std::string_view> parts;
  while (parts.size() < 5) {
    const std::size_t at = text.find('$');
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + 1);
  }
  Encoded encoded;
  const bool read = parts.size() == 4 && read_number(parts[0], encoded.passes) &&
                    read_number(parts[1], encoded.memory) && from_hex(parts[2], encoded.salt) &&
                    from_hex(parts[3], encoded.hash);
  if (!read || encoded.passes > kPassesMax || encoded.memory > kMemoryMax) return std::nullopt;
  return encoded;
}

}  // namespace

std::optional<std::string> pin_problem(std::string_view pin) {
  if (pin.size() < 4 || pin.size() > 32) return "A PIN has 4 to 32 characters";
  for (const char c : pin) {
    if (c <= ' ' || c > '~') return "A PIN holds letters, digits and marks of ASCII, no spaces";
  }
  return std::nullopt;
}

Result<std::string> hash_pin(std::string_view pin, const PinSalt& salt) {
  if (auto problem = pin_problem(pin)) return Error{"bad_pin", *problem + "."};
  const auto hash = argon2id(pin, salt, kPasses, kMemory);
  if (!hash) {
    return Error{"no_memory",
                 "No memory to hash the PIN (19 MiB). Close other programs, try again."};
  }
  return fmt::format("{}{}${}${}${}", kHashPrefix, kPasses, kMemory, to_hex(salt), to_hex(*hash));
}

bool verify_pin(std::string_view pin, std::string_view encoded) {
  const auto stored = decode(encoded);
  if (!stored || pin_problem(pin)) return false;
  const auto hash = argon2id(pin, stored->salt, stored->passes, stored->memory);
  return hash && sodium_memcmp(hash->data(), stored->hash.data(), hash->size()) == 0;
}

}  // namespace packbench
