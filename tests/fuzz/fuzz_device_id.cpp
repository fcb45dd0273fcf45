// What a printer may answer to GET_DEVICE_ID: any bytes. What is made of it goes into files, lists
// and the choice of a language.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "drivers/printer/device_id.h"
#include "drivers/printer/printer_models.h"

namespace {

using namespace packbench::drivers;

void check_text(std::string_view text) {
  CHECK(text.size() <= kDeviceIdMax);
  CHECK(!text.starts_with(' ') && !text.ends_with(' '));
  CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; }));
}

void check_id(const DeviceId& id) {
  for (const std::string* text : {&id.manufacturer, &id.model, &id.serial, &id.description}) {
    check_text(*text);
  }
  CHECK(id.command_set.size() <= kCommandSetMax);
  for (const std::string& command : id.command_set) {
    check_text(command);
    CHECK(!command.empty());
  }
  const PrinterModel model = match_printer(id, 0x0A5F, 1);
  CHECK(model.dpi == 0 || model.dpi == 203 || model.dpi == 300 || model.dpi == 600);
  CHECK(model.language == PrinterLanguage::unknown ||
        language_of_word(language_word(model.language)) == model.language);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_id(parse_device_id(bytes));
  const std::string_view text = device_id_text(bytes);
  CHECK(text.size() <= kDeviceIdMax && text.size() <= bytes.size());
  check_id(parse_device_id(text));
  return 0;
}
