// The table [visits] of packbench.toml: what holds for the carriers' visits.
#pragma once

#include <optional>

#include "base/result.h"
#include "host/config_section.h"
#include "station/facts.h"

namespace packbench::host {

// `table`: [visits], or nothing. Error bad_config names the key.
std::optional<Error> read_visits(const toml::table* table, const KeyPlaces& places,
                                 station::VisitPolicy& policy);

}  // namespace packbench::host
