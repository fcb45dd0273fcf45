// The tables [waybills] and [waybills.low] of packbench.toml: when somebody is told that numbers
// run out or grow too old.
#pragma once

#include <optional>

#include "base/result.h"
#include "host/config_section.h"
#include "station/facts.h"

namespace packbench::host {

// `node`: the table [waybills], or nothing. Error bad_config names the key.
std::optional<Error> read_numbers(const toml::node* node, const KeyPlaces& places,
                                  station::NumberPolicy& policy);

}  // namespace packbench::host
