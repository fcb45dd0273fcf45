// Two-dimensional symbols made, and every symbol read back. The only file that knows ZXing
// (1.4 of Debian 12 and 2.x of Debian 13). Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "label/picture.h"
#include "label/raster.h"

namespace packbench::label {

constexpr int kQrQuietModules = 4;

// A QR code (ISO/IEC 18004), error correction M, one dot a module, without quiet zone.
// Nothing where the text does not fit into one.
std::optional<Raster> qr_modules(std::string_view text);

enum class Symbology { code128, qr };

// The text of the one symbol that stands alone in `box`, upright and with its quiet zone; nothing
// where it cannot be read.
std::optional<std::string> read_symbol(const Raster& page, const Box& box, Symbology symbology);

// The text of one symbol anywhere on a page of somebody else's, upright or turned; slower.
std::optional<std::string> find_symbol(const Raster& page, Symbology symbology);
// The same in greys, as the file has them.
std::optional<std::string> find_symbol(const Picture& page, Symbology symbology);

struct FoundSymbol {
  std::string text;
  Box box;  // of bars: a line across them, which is upright where the code is turned
};
std::optional<FoundSymbol> locate_symbol(const Raster& page, Symbology symbology);

}  // namespace packbench::label
