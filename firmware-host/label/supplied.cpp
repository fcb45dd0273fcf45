#include "label/supplied.h"

#include <optional>

#include "label/png.h"
#include "label/symbol.h"
#include "label/zpl.h"

namespace packbench::label {
namespace {

Error refused(const std::string& why) {
  return {"label_unprintable", "the supplied label " + why + "; ask for a new file"};
}

Result<Raster> dots_of(std::string_view bytes) {
  constexpr std::string_view png_magic = "\x89PNG";
  if (bytes.substr(0, png_magic.size()) == png_magic) return read_png(bytes);
  return read_zpl(bytes);
}

// The number may stand as a bar code anywhere on the page, so the whole page is looked at.
bool reads_as(const Raster& page, std::string_view number) {
  for (const Symbology symbology : {Symbology::code128, Symbology::qr}) {
    const auto text = find_symbol(page, symbology);
    if (text && *text == number) return true;
  }
  return false;
}

}  // namespace

Result<Label> supplied_label(std::string_view bytes, std::string_view number, const Box& paper,
                             const LabelStyle& style) {
  const auto dots = dots_of(bytes);
  if (!dots) return refused("is neither a black-and-white PNG nor a ZPL graphic");
  if (dots.value().width > paper.width || dots.value().height > paper.height)
    return refused("is larger than the paper");
  if (!reads_as(dots.value(), number)) return refused("does not carry the allocated number");
  return label_of(dots.value(), style);
}

}  // namespace packbench::label
