// PIN: an operator's secret, kept as an Argon2id hash (RFC 9106) in our own text form
//   argon2id$v=19$<passes>$<bytes of memory>$<salt, hex>$<hash, hex>
// Pure functions: the salt is an argument, so that randomness stays outside. sodium_init() is the
// program's affair. One call takes some tens of milliseconds and 19 MiB, on purpose.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace packbench {

using PinSalt = std::array<std::uint8_t, 16>;

// Why a text cannot be a PIN, in English: 4 to 32 printable ASCII characters without spaces.
std::optional<std::string> pin_problem(std::string_view pin);

// OWASP's floor for Argon2id (19 MiB, 2 passes): below libsodium's "interactive" 64 MiB because
// benches are small boards; the growing delay after wrong PINs does the rest.
Result<std::string> hash_pin(std::string_view pin, const PinSalt& salt);

// Compared in constant time. False for a hash that is malformed or asks for more than 16 passes
// or 256 MiB, which nothing of ours ever wrote.
bool verify_pin(std::string_view pin, std::string_view encoded);

}  // namespace packbench
