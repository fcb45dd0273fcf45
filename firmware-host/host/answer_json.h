// A StationView as the console's answer: one JSON object, the contract of `packbench console`.
#pragma once

#include <string>

#include "station/view.h"

namespace packbench::host {

std::string answer_json(const station::StationView& view, station::Language language);

}  // namespace packbench::host
