// The checksum that ZPL wants behind packed dots: CRC-16 with the polynomial 0x1021 from 0 on
// (XMODEM), as four capital hexadecimal digits. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace packbench::label {

std::string crc16_text(std::string_view bytes);

}  // namespace packbench::label
