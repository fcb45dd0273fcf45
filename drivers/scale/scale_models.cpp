#include "drivers/scale/scale_models.h"

#include <algorithm>
#include <array>
#include <string>

namespace packbench::drivers {
namespace {

constexpr std::string_view kNone = "none known";
constexpr std::string_view kFirstIsOld =
    "the first weight after it is opened may be that of an earlier weighing";
constexpr std::string_view kMagnitude = "sends the amount without a sign while under zero";

// Sources: the lists and discussions of the projects usbscale and silverscale, node-hid's question
// 286 (Fairbanks, Stamps.com), QZ Tray's issue 81 (Dymo M10), and a program by an owner of a DS25.
constexpr std::array kModels = {
    ScaleModel{0x0922, 0x8003, "Dymo M10", ScaleProtocol::first_is_old, kFirstIsOld},
    ScaleModel{0x0922, 0x8004, "Dymo M25", ScaleProtocol::classic, kNone},
    ScaleModel{0x0922, 0x8005, "Dymo M5", ScaleProtocol::classic, kNone},
    ScaleModel{0x0922, 0x8007, "Dymo S100", ScaleProtocol::classic, kNone},
    ScaleModel{0x0922, 0x8009, "Dymo S250", ScaleProtocol::classic, kNone},
    ScaleModel{0x0922, 0x800B, "Dymo S400", ScaleProtocol::classic, kNone},
    ScaleModel{0x0B67, 0x555E, "Fairbanks SCB-R9000", ScaleProtocol::classic, kNone},
    ScaleModel{0x0D8F, 0x0200, "Pitney Bowes 397-B", ScaleProtocol::classic, kNone},
    ScaleModel{0x0EB8, 0xF000, "Mettler Toledo PS60", ScaleProtocol::classic, kNone},
    ScaleModel{0x0EB8, 0xF001, "Mettler Toledo", ScaleProtocol::classic, kNone},
    ScaleModel{0x1446, 0x6A73, "Stamps.com Model 510", ScaleProtocol::first_is_old, kFirstIsOld},
    ScaleModel{0x1446, 0x6A78, "Dymo Endicia 75 lb", ScaleProtocol::classic, kNone},
    ScaleModel{0x1446, 0x6A79, "USPS DS25", ScaleProtocol::classic, kMagnitude},
    ScaleModel{0x2233, 0x6323, "RadioShack USB scale", ScaleProtocol::classic, kNone},
    ScaleModel{0x2474, 0x0550, "Stamps.com 5 lb", ScaleProtocol::classic, kNone},
    ScaleModel{0x2474, 0x3550, "Stamps.com 35 lb", ScaleProtocol::classic, kNone},
    ScaleModel{0x6096, 0x0158, "Sanford Dymo 10 lb", ScaleProtocol::classic, kNone},
    ScaleModel{0x7B7C, 0x0100, "Elane UParcel 30 lb", ScaleProtocol::classic, kNone},
    ScaleModel{0x04D9, 0x8010, "AccuPost PP-10USB", ScaleProtocol::unreadable,
               "sends nothing until it is asked with a report of its own (id 9)"},
};

}  // namespace

std::span<const ScaleModel> scale_models() {
  return kModels;
}

const ScaleModel* find_scale_model(std::uint16_t vendor, std::uint16_t product) {
  const auto it = std::find_if(kModels.begin(), kModels.end(), [=](const ScaleModel& model) {
    return model.vendor == vendor && model.product == product;
  });
  return it == kModels.end() ? nullptr : &*it;
}

Result<ScaleReader> scale_reader(std::uint16_t vendor, std::uint16_t product,
                                 std::span<const std::uint8_t> report_descriptor) {
  const ScaleModel* model = find_scale_model(vendor, product);
  if (model != nullptr && model->protocol == ScaleProtocol::unreadable) {
    return Error{"unsupported", "The scale " + std::string(model->name) + " " +
                                    std::string(model->deviation) +
                                    "; use a scale that follows the HID point of sale tables."};
  }
  const auto descriptor = parse_report_descriptor(report_descriptor);
  auto reader =
      descriptor ? ScaleReader::from(descriptor.value()) : Result<ScaleReader>(descriptor.error());
  if (model == nullptr) return reader;
  if (!reader) reader = ScaleReader::classic();
  if (model->protocol == ScaleProtocol::first_is_old) reader.value().skip_first_weight();
  return reader;
}

}  // namespace packbench::drivers
