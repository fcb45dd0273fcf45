#include "drivers/printer/printer_status.h"

namespace packbench::drivers {
namespace {

constexpr std::uint8_t kPaperEmpty = 0x20;
constexpr std::uint8_t kSelected = 0x10;
constexpr std::uint8_t kNoError = 0x08;

}  // namespace

std::string PrinterStatus::words() const {
  std::string out;
  for (const PrinterReasonRow& row : kPrinterReasons) {
    if (!has(row.reason)) continue;
    if (!out.empty()) out += ',';
    out += row.word;
  }
  return out.empty() ? "none" : out;
}

std::optional<PrinterStatus> read_port_status(std::uint8_t byte) {
  if (byte == 0x00 || byte == 0xFF) return std::nullopt;
  const bool empty = (byte & kPaperEmpty) != 0;
  const bool selected = (byte & kSelected) != 0;
  PrinterStatus status;
  status.add_if(empty, PrinterReason::media_empty);
  status.add_if(!selected, PrinterReason::offline);
  // An error that has a name already is not told twice.
  status.add_if((byte & kNoError) == 0 && status.empty(), PrinterReason::other);
  return status;
}

}  // namespace packbench::drivers
