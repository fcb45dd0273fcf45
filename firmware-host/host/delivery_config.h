// The tables [delivery], [traces] and [message] of packbench.toml: where confirmations are sent and
// carriers' traces are asked for by HTTP, and what the buyer is told.
#pragma once

#include <optional>

#include "base/result.h"
#include "host/config.h"
#include "host/config_section.h"

namespace packbench::host {

// `table`: nothing where there is none. Error bad_config names the key.
std::optional<Error> read_delivery(const toml::table* table, const KeyPlaces& places,
                                   DeliveryConfig& delivery);
std::optional<Error> read_trace_poll(const toml::table* table, const KeyPlaces& places,
                                     TracePollConfig& traces);
std::optional<Error> read_message(const toml::table* table, const KeyPlaces& places,
                                  MessageConfig& message);

}  // namespace packbench::host
