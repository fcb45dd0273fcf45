// HttpTarget: an address that we speak to by HTTP, the secret that proves that it is us, and who
// may vouch for it. Plain value.
#pragma once

#include <string>

#include "base/units.h"

namespace packbench::exchange {

struct HttpTarget {
  std::string url;
  std::string secret;   // empty: requests are not signed
  std::string ca_file;  // PEM; empty: the system's authorities
  Duration timeout = Duration::seconds(30);
};

}  // namespace packbench::exchange
