// Times as people write them, for tests of visits, regions and seasons.
#pragma once

#include <string>

#include "base/time_text.h"

namespace packbench {

inline const std::string kShanghai = "Asia/Shanghai";

inline Instant at(const std::string& local, const std::string& zone = kShanghai) {
  return *parse_local(local, zone);
}

}  // namespace packbench
