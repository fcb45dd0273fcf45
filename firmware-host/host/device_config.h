// The [[device]] tables of the configuration.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <vector>

#include "base/result.h"
#include "host/config_section.h"
#include "ports/device.h"

namespace packbench::host {

// Error bad_config names the table and the key.
std::optional<Error> read_devices(toml::node_view<const toml::node> node, const KeyPlaces& places,
                                  std::vector<ports::DeviceBinding>& devices);

// Tells where the keys of a [[device]] belong.
void add_device_keys(KeyPlaces& places);

}  // namespace packbench::host
