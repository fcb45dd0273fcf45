// The secret that a file holds in its first line; requests by HTTP are signed with it.
#pragma once

#include <string>

#include "base/result.h"
#include "program/bench.h"

namespace packbench::program {

// `table` of packbench.toml names the file, for what is to be mended; no file, no secret. Errors:
// no_file, no_secret.
Result<std::string> read_secret(const Places& places, const std::string& file,
                                const std::string& table);

}  // namespace packbench::program
