#include "label/symbol.h"

#define ZX_USE_UTF8 1
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <vector>

namespace packbench::label {
namespace {

// MultiFormatWriter takes 1 to 8 for all symbologies; 3 becomes M of a QR code.
constexpr int kErrorCorrection = 3;

// Whole bytes of brightness, as ZXing wants them.
std::vector<std::uint8_t> brightness(const Raster& page, const Box& box) {
  std::vector<std::uint8_t> out;
  out.reserve(static_cast<std::size_t>(box.width) * static_cast<std::size_t>(box.height));
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) out.push_back(page.black(x, y) ? 0 : 255);
  }
  return out;
}

ZXing::DecodeHints hints_for(Symbology symbology) {
  return ZXing::DecodeHints()
      .setFormats(symbology == Symbology::qr ? ZXing::BarcodeFormat::QRCode
                                             : ZXing::BarcodeFormat::Code128)
      .setTryDownscale(false);
}

std::optional<ZXing::Result> scan(const std::uint8_t* grey, int width, int height,
                                  const ZXing::DecodeHints& hints) {
  try {
    auto result = ZXing::ReadBarcode({grey, width, height, ZXing::ImageFormat::Lum}, hints);
    if (!result.isValid()) return std::nullopt;
    return result;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::optional<std::string> read(const Raster& page, const Box& box,
                                const ZXing::DecodeHints& hints) {
  if (!page.holds(box) || box.width == 0 || box.height == 0) return std::nullopt;
  const auto bytes = brightness(page, box);
  const auto result = scan(bytes.data(), box.width, box.height, hints);
  if (!result) return std::nullopt;
  return result->text();
}

// What the four corners span, within the page.
Box span_of(const ZXing::Position& corners, const Raster& page) {
  const auto xs = std::minmax({corners[0].x, corners[1].x, corners[2].x, corners[3].x});
  const auto ys = std::minmax({corners[0].y, corners[1].y, corners[2].y, corners[3].y});
  const int left = std::clamp(xs.first, 0, page.width - 1);
  const int top = std::clamp(ys.first, 0, page.height - 1);
  return {left, top, std::clamp(xs.second, 0, page.width - 1) - left + 1,
          std::clamp(ys.second, 0, page.height - 1) - top + 1};
}

}  // namespace

std::optional<Raster> qr_modules(std::string_view text) {
  try {
    ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
    writer.setMargin(0).setEccLevel(kErrorCorrection);
    const ZXing::BitMatrix matrix = writer.encode(std::string(text), 0, 0);
    Raster out(matrix.width(), matrix.height());
    for (int y = 0; y < out.height; ++y) {
      for (int x = 0; x < out.width; ++x) {
        if (matrix.get(x, y)) out.set(x, y);
      }
    }
    return out;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::optional<std::string> read_symbol(const Raster& page, const Box& box, Symbology symbology) {
  // One place, black and white already: the quick road through the reader.
  const auto hints = hints_for(symbology)
                         .setBinarizer(ZXing::Binarizer::BoolCast)
                         .setTryHarder(false)
                         .setTryRotate(false)
                         .setIsPure(true);
  return read(page, box, hints);
}

std::optional<std::string> find_symbol(const Raster& page, Symbology symbology) {
  return read(page, {0, 0, page.width, page.height}, hints_for(symbology));
}

std::optional<std::string> find_symbol(const Picture& page, Symbology symbology) {
  const auto result = scan(page.grey.data(), page.width, page.height, hints_for(symbology));
  if (!result) return std::nullopt;
  return result->text();
}

std::optional<FoundSymbol> locate_symbol(const Raster& page, Symbology symbology) {
  if (page.width == 0 || page.height == 0) return std::nullopt;
  const auto bytes = brightness(page, {0, 0, page.width, page.height});
  const auto result = scan(bytes.data(), page.width, page.height, hints_for(symbology));
  if (!result) return std::nullopt;
  return FoundSymbol{result->text(), span_of(result->position(), page)};
}

}  // namespace packbench::label
