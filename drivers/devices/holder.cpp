#include "drivers/devices/holder.h"

#include "base/check.h"

namespace packbench::drivers {
Result<std::unique_ptr<Holder>> Holder::take(const HolderParts& parts) {
  auto device = parts.bus.open_device(parts.found.facts);
  if (!device) return device.error();
  const Candidate& candidate = parts.found.candidate;
  const ports::DeviceBinding binding =
      parts.found.binding == nullptr ? ports::DeviceBinding{} : *parts.found.binding;
  std::unique_ptr<Holder> holder(new Holder(parts.slot));
  switch (candidate.role) {
    case ports::DeviceRole::scanner: {
      auto scanner =
          UsbScanner::start({device.value(), candidate.interface, binding, parts.after_stall,
                             parts.clock, parts.scanned, parts.ended});
      if (!scanner) return scanner.error();
      holder->scanner_ = std::move(scanner).value();
      holder->driver_ = holder->scanner_->driver();
      return holder;
    }
    case ports::DeviceRole::scale: {
      auto scale = UsbScale::start({device.value(), candidate.interface, parts.after_stall,
                                    parts.changed, parts.weighed, parts.ended});
      if (!scale) return scale.error();
      holder->scale_ = std::move(scale).value();
      holder->driver_ = "hid-scale";
      return holder;
    }
    case ports::DeviceRole::printer: {
      auto link =
          PrinterLink::open(device.value(), candidate.interface, candidate.alternate, binding);
      if (!link) return link.error();
      holder->driver_ = language_word(link.value()->language());
      holder->printer_ = parts.printer;
      CHECK(holder->printer_ != nullptr);
      holder->printer_->attach(std::move(link).value());
      return holder;
    }
    case ports::DeviceRole::none:
      break;
  }
  CHECK(false);
}

Holder::~Holder() {
  if (printer_ != nullptr) printer_->detach();
}

std::string Holder::condition() const {
  if (printer_ != nullptr) return printer_->condition();
  if (scale_) return std::string(scale_word(scale_->last()));
  return "";
}

}  // namespace packbench::drivers
