// What proves to a server that a delivery is ours: HMAC-SHA256 (RFC 2104) of
// "<timestamp>.<body>" in lower-case hexadecimal, the timestamp as it stands in its header. Pure.
#pragma once

#include <string>
#include <string_view>

namespace packbench::exchange {

std::string signature(std::string_view secret, std::string_view timestamp, std::string_view body);

}  // namespace packbench::exchange
