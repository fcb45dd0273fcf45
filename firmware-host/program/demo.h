// The demo shop: its files from assets/demo, imported as any other, and the things that a newcomer
// may scan with a mouse.
#pragma once

#include <string>
#include <vector>

#include "program/bench.h"

namespace packbench::program {

// Makes the data directory a demo bench: configuration and orders with times around `now`.
// An existing one stays as it is.
Status prepare_demo(const Places& places, Instant now);

// "@-5h" in the demo files stands for a time relative to `now`.
std::string with_times(const std::string& text, Instant now);

}  // namespace packbench::program
