// What `packbench devices` tells: each device, what it is for, and what to do where it is not well;
// which setting of the configuration holds. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/device.h"
#include "station/alert.h"

namespace packbench::program {

struct DeviceList {
  std::optional<Error> bus_problem;
  std::vector<ports::DeviceState> states;
  std::string printer, fallback_printer;  // as the configuration has them; empty: none
  // The file that the settings come from; empty: there is none, and every default holds.
  std::string file;
  std::string data;  // the data directory
  bool has_data = true;
};

std::string device_lines(const DeviceList& list, station::Language language);
std::string device_json(const DeviceList& list, station::Language language);

// Lets the group packbench open devices of this vendor and product: a line for udev.
std::string udev_rule(const ports::DeviceState& state);

}  // namespace packbench::program
