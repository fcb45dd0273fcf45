#include "drivers/printer/open_printer.h"

#include <string>

#include "drivers/printer/folder_printer.h"
#include "drivers/printer/raw_printer.h"

namespace packbench::drivers {
namespace {

constexpr std::string_view kFolder = "file:";
constexpr std::string_view kRaw = "raw:";

class NoPrinter : public ports::LabelPrinter {
 public:
  Status ready() override {
    return Error{"no-printer",
                 "No printer is configured; set `printer` in the configuration file / "
                 "没有配置打印机，请在配置文件里设置 printer"};
  }
  ports::PrintOutcome print(const ports::PrintJob&, Duration) override {
    return {ports::PrintResult::rejected, "no-printer", 0};
  }
};

}  // namespace

Result<std::unique_ptr<ports::LabelPrinter>> open_printer(std::string_view spec) {
  using Printer = std::unique_ptr<ports::LabelPrinter>;
  if (spec.empty() || spec == "none") return Printer(std::make_unique<NoPrinter>());
  if (spec.starts_with(kFolder) && spec.size() > kFolder.size()) {
    return Printer(std::make_unique<FolderPrinter>(std::string(spec.substr(kFolder.size()))));
  }
  if (spec.starts_with(kRaw) && spec.size() > kRaw.size()) {
    return Printer(std::make_unique<RawPrinter>(std::string(spec.substr(kRaw.size()))));
  }
  return Error{"bad_config",
               "printer = \"" + std::string(spec) +
                   "\" is not understood; write usb, usb:NAME, file:DIR, raw:PATH or none "
                   "/ 打印机设置不对，请写 usb、usb:名字、file:文件夹、raw:设备 或 none"};
}

}  // namespace packbench::drivers
