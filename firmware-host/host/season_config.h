// The tables [[season]] of packbench.toml: seasons in which orders may be shipped later.
#pragma once

#include <optional>

#include "base/result.h"
#include "host/config_section.h"
#include "station/facts.h"

namespace packbench::host {

// `node`: the list of [[season]] tables, or nothing. They are added to each of the platforms, in
// the zone and with the default carrier of `policy`. Error bad_config names table and key.
std::optional<Error> read_seasons(toml::node_view<const toml::node> node, const KeyPlaces& places,
                                  station::Policy& policy);

}  // namespace packbench::host
