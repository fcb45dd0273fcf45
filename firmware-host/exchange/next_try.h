// When a request that came to nothing is made again: exponential backoff with full jitter, and
// the server's own Retry-After (RFC 9110, 10.2.3). Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/units.h"

namespace packbench::exchange {

struct Backoff {
  Duration base = Duration::seconds(1);  // at most so long before the second try
  Duration cap = Duration::minutes(10);  // and never longer than this
};

// The longest time that a server may ask for.
inline constexpr Duration kRetryAfterMost = Duration::hours(24);

// `attempt`: how many have failed, from 1. `random`: any 64 bits. In the clock of `now`.
Duration next_try(int attempt, std::optional<Duration> retry_after, Duration now,
                  std::uint64_t random, const Backoff& backoff = {});

// Seconds, or an HTTP date in its preferred form ("Sun, 06 Nov 1994 08:49:37 GMT"); from 0 to
// kRetryAfterMost. Nothing where it is neither.
std::optional<Duration> parse_retry_after(std::string_view value, Instant now);

}  // namespace packbench::exchange
