// The product's drivers on the emulated bus, as a bench starts them, and how two things are
// measured in turns.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "drivers/devices/devices.h"
#include "figures.h"

namespace packbench::benchmark {

ports::DeviceBinding bound_device(ports::DeviceRole role, const std::string& serial);

// With the clock of the machine.
std::unique_ptr<drivers::Devices> start_devices(drivers::DevicesOptions options,
                                                drivers::DevicesListener listener);

// One of each; who is first changes with every round, for the first may find a cold machine.
template <typename One, typename Other>
void measure_in_turns(int round, bool counts, const One& one, Series& of_one, const Other& other,
                      Series& of_other) {
  const bool swapped = round % 2 != 0;
  double other_us = swapped ? other() : 0;
  const double one_us = one();
  if (!swapped) other_us = other();
  if (!counts) return;
  of_one.add(one_us);
  of_other.add(other_us);
}

}  // namespace packbench::benchmark
