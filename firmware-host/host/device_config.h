// The [[device]] tables of the configuration.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <vector>

#include "base/result.h"
#include "ports/device.h"

namespace packbench::host {

// Error bad_config names the table and the key.
std::optional<Error> read_devices(toml::node_view<const toml::node> node,
                                  std::vector<ports::DeviceBinding>& devices);

}  // namespace packbench::host
