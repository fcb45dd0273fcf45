#include "drivers/hid/report_descriptor.h"

#include <algorithm>
#include <utility>

namespace packbench::drivers {
namespace {

enum class ItemType { main, global, local, reserved };

struct Item {
  ItemType type = ItemType::reserved;
  unsigned tag = 0;
  std::uint32_t data = 0;  // as it stands, unsigned
  std::size_t size = 0;    // of the data: 0, 1, 2 or 4
};

// The data as two's complement of its own size.
std::int64_t signed_data(std::uint32_t data, std::size_t size) {
  switch (size) {
    case 1:
      return static_cast<std::int8_t>(data);
    case 2:
      return static_cast<std::int16_t>(data);
    case 4:
      return static_cast<std::int32_t>(data);
    default:
      return 0;
  }
}

struct Limit {
  std::uint32_t data = 0;
  std::size_t size = 0;
};

struct Globals {
  std::uint32_t page = 0;
  Limit logical_min;
  Limit logical_max;
  std::uint32_t report_size = 0;
  std::uint32_t report_count = 0;
  std::uint8_t report_id = 0;
};

struct LocalUsage {
  HidUsages usages;
  bool extended = false;  // brought its own page
};

struct Locals {
  std::vector<LocalUsage> usages;
  std::optional<LocalUsage> minimum;
  bool inside_delimiter = false;
  bool delimiter_has_usage = false;
};

// Bits used so far of one report.
struct ReportBits {
  HidFieldKind kind = HidFieldKind::input;
  std::uint8_t id = 0;
  std::uint32_t bits = 0;
};

Error bad(const char* what) {
  return {"bad_format", std::string("The device's HID report descriptor ") + what +
                            "; unplug it and plug it in again, or bind another device."};
}

class Parser {
 public:
  // An error's words, or nullptr.
  const char* take(const Item& item) {
    switch (item.type) {
      case ItemType::main:
        return take_main(item);
      case ItemType::global:
        return take_global(item);
      case ItemType::local:
        return take_local(item);
      case ItemType::reserved:
        return nullptr;
    }
    return nullptr;
  }

  bool balanced() const { return collections_.empty(); }

  HidDescriptor finish() {
    for (const ReportBits& report : reports_) {
      if (report.kind != HidFieldKind::input) continue;
      out_.input_reports.push_back({report.id, (report.bits + 7) / 8});
    }
    return std::move(out_);
  }

 private:
  const char* take_main(const Item& item) {
    const char* problem = nullptr;
    bind_pages();
    switch (item.tag) {
      case 0x8:
        problem = add_field(HidFieldKind::input, item.data);
        break;
      case 0x9:
        problem = add_field(HidFieldKind::output, item.data);
        break;
      case 0xB:
        problem = add_field(HidFieldKind::feature, item.data);
        break;
      case 0xA:
        problem = open_collection(item.data);
        break;
      case 0xC:
        if (collections_.empty()) problem = "closes a collection that was never opened";
        if (!collections_.empty()) collections_.pop_back();
        break;
      default:
        break;
    }
    locals_ = {};
    return problem;
  }

  const char* take_global(const Item& item) {
    switch (item.tag) {
      case 0x0:
        globals_.page = item.data & 0xFFFF;
        return nullptr;
      case 0x1:
        globals_.logical_min = {item.data, item.size};
        return nullptr;
      case 0x2:
        globals_.logical_max = {item.data, item.size};
        return nullptr;
      case 0x7:
        globals_.report_size = item.data;
        return nullptr;
      case 0x8:
        return set_report_id(item.data);
      case 0x9:
        globals_.report_count = item.data;
        return nullptr;
      case 0xA:
        if (stack_.size() >= kHidDepthMax) return "pushes too deep";
        stack_.push_back(globals_);
        return nullptr;
      case 0xB:
        if (stack_.empty()) return "pops what was never pushed";
        globals_ = stack_.back();
        stack_.pop_back();
        return nullptr;
      default:
        return nullptr;
    }
  }

  const char* set_report_id(std::uint32_t id) {
    if (id == 0 || id > 255) return "uses a report id outside 1 to 255";
    globals_.report_id = static_cast<std::uint8_t>(id);
    out_.has_report_ids = true;
    return nullptr;
  }

  const char* take_local(const Item& item) {
    const bool extended = item.size == 4;
    const std::uint32_t usage = extended ? item.data : hid_usage(globals_.page, item.data);
    switch (item.tag) {
      case 0x0:
        return add_usages({{usage, usage}, extended});
      case 0x1:
        locals_.minimum = LocalUsage{{usage, usage}, extended};
        return nullptr;
      case 0x2:
        return close_range(usage, extended);
      case 0xA:
        locals_.inside_delimiter = item.data == 1;
        locals_.delimiter_has_usage = false;
        return nullptr;
      default:
        return nullptr;
    }
  }

  const char* close_range(std::uint32_t last, bool extended) {
    // A range without a beginning or one that runs backwards names nothing; the fields after it
    // are still good.
    if (!locals_.minimum) return nullptr;
    const LocalUsage first = *std::exchange(locals_.minimum, std::nullopt);
    // A range lies in the page of its minimum, whatever has been declared since.
    last = (first.usages.first & 0xFFFF0000U) | (last & 0xFFFF);
    if (last < first.usages.first) return nullptr;
    return add_usages({{first.usages.first, last}, first.extended || extended});
  }

  const char* add_usages(const LocalUsage& usages) {
    if (locals_.inside_delimiter && std::exchange(locals_.delimiter_has_usage, true)) {
      return nullptr;
    }
    if (locals_.usages.size() >= kHidUsagesMax) return "names too many usages for one field";
    locals_.usages.push_back(usages);
    return nullptr;
  }

  // By the letter the page that is in force at the main item holds for all usages before it; in
  // practice some name a page for each. So the trailing usages are bound again only where the
  // page was declared after them, as other systems do.
  void bind_pages() {
    for (auto it = locals_.usages.rbegin(); it != locals_.usages.rend(); ++it) {
      if (it->extended) continue;
      if (it->usages.first >> 16 == globals_.page) break;
      it->usages.first = hid_usage(globals_.page, it->usages.first & 0xFFFF);
      it->usages.last = hid_usage(globals_.page, it->usages.last & 0xFFFF);
    }
  }

  const char* open_collection(std::uint32_t type) {
    if (collections_.size() >= kHidDepthMax) return "nests collections too deep";
    const std::uint32_t usage = locals_.usages.empty() ? 0 : locals_.usages.front().usages.first;
    const bool application = type == 0x01;
    if (collections_.empty() && application) {
      if (out_.applications.size() >= kHidFieldsMax) return "has too many applications";
      out_.applications.push_back(usage);
    }
    collections_.push_back(usage);
    return nullptr;
  }

  ReportBits& report(HidFieldKind kind) {
    const auto it = std::find_if(reports_.begin(), reports_.end(), [&](const ReportBits& each) {
      return each.kind == kind && each.id == globals_.report_id;
    });
    if (it != reports_.end()) return *it;
    reports_.push_back({kind, globals_.report_id, globals_.report_id == 0 ? 0U : 8U});
    return reports_.back();
  }

  const char* add_field(HidFieldKind kind, std::uint32_t flags) {
    const std::uint64_t bits = std::uint64_t{globals_.report_size} * globals_.report_count;
    if (bits == 0) return nullptr;
    ReportBits& into = report(kind);
    if (into.bits + bits > kHidReportBitsMax) return "has a report that is too long";
    if (out_.fields.size() >= kHidFieldsMax) return "has too many fields";
    HidField field;
    field.kind = kind;
    field.report_id = globals_.report_id;
    field.bit_offset = into.bits;
    field.bit_size = globals_.report_size;
    field.count = globals_.report_count;
    set_limits(field);
    field.constant = (flags & 0x01) != 0;
    field.variable = (flags & 0x02) != 0;
    for (const LocalUsage& local : locals_.usages) field.usages.push_back(local.usages);
    field.collections = collections_;
    out_.fields.push_back(std::move(field));
    into.bits += static_cast<std::uint32_t>(bits);
    return nullptr;
  }

  // The maximum is signed only where the minimum is below zero: many descriptors write 25 FF and
  // mean 255.
  void set_limits(HidField& field) const {
    const Limit& max = globals_.logical_max;
    field.logical_min = signed_data(globals_.logical_min.data, globals_.logical_min.size);
    field.logical_max =
        field.logical_min < 0 ? signed_data(max.data, max.size) : std::int64_t{max.data};
  }

  Globals globals_;
  Locals locals_;
  std::vector<Globals> stack_;
  std::vector<std::uint32_t> collections_;
  std::vector<ReportBits> reports_;
  HidDescriptor out_;
};

bool has_application_page(const HidDescriptor& descriptor, std::uint32_t page) {
  return std::any_of(descriptor.applications.begin(), descriptor.applications.end(),
                     [page](std::uint32_t usage) { return usage >> 16 == page; });
}

}  // namespace

Result<HidDescriptor> parse_report_descriptor(std::span<const std::uint8_t> bytes) {
  constexpr std::uint8_t kLongItem = 0xFE;
  if (bytes.empty()) return bad("is empty");
  if (bytes.size() > kHidDescriptorBytesMax) return bad("is longer than 4096 bytes");
  Parser parser;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::uint8_t prefix = bytes[at++];
    if (prefix == kLongItem) {
      if (bytes.size() - at < 2) return bad("breaks off inside an item");
      const std::size_t size = bytes[at];
      if (bytes.size() - at - 2 < size) return bad("breaks off inside an item");
      at += 2 + size;
      continue;
    }
    Item item;
    item.size = (prefix & 0x03) == 3 ? 4 : prefix & 0x03;
    item.type = static_cast<ItemType>(prefix >> 2 & 0x03);
    item.tag = prefix >> 4;
    if (bytes.size() - at < item.size) return bad("breaks off inside an item");
    for (std::size_t i = 0; i < item.size; ++i) {
      item.data |= std::uint32_t{bytes[at + i]} << (8 * i);
    }
    at += item.size;
    if (const char* problem = parser.take(item)) return bad(problem);
  }
  if (!parser.balanced()) return bad("leaves a collection open");
  return parser.finish();
}

bool is_pos_scanner(const HidDescriptor& descriptor) {
  return has_application_page(descriptor, 0x8C);
}

bool is_keyboard(const HidDescriptor& descriptor) {
  const auto& all = descriptor.applications;
  return std::find(all.begin(), all.end(), hid_usage(0x01, 0x06)) != all.end();
}

bool is_scale(const HidDescriptor& descriptor) {
  return has_application_page(descriptor, 0x8D);
}

}  // namespace packbench::drivers
