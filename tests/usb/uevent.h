// The news of udev ("a device was added"), as libudev's monitors read them. umockdev has a function
// for that, but it aborts the whole process when a program closes its monitor at that moment.
// Source: the message of systemd's device monitor, in the wire form that libudev has kept since
// 2009.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/usb/descriptors.h"

namespace packbench::test {

using Properties = std::vector<std::pair<std::string, std::string>>;

// Pure: the message. `properties` hold SUBSYSTEM and DEVTYPE, after which monitors filter.
Bytes uevent_message(const Properties& properties);

// To every monitor below the folder of the testbed; one that is just closing is passed over.
void send_uevent(const std::string& root, const Properties& properties);

}  // namespace packbench::test
