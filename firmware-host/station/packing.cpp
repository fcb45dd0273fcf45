// Items: what is scanned into the box, what is missing, damaged or not as listed.
#include <algorithm>

#include "base/time_text.h"
#include "domain/barcode.h"
#include "domain/gs1.h"
#include "station/draft.h"

namespace packbench::station {
namespace {

struct Reading {
  std::string code;  // what identifies the product
  int count = 1;
  std::string lot, serial, expiry;
};

int year_of(Instant time, const std::string& zone) {
  return whole_number(format_local(time, zone, "%Y")).value_or(2000);
}

std::string date_text(const Date& date) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return std::to_string(date.year) + "-" + two(date.month) + "-" + two(date.day);
}

// The scan as an item; refuses a malformed or expired one.
std::optional<Reading> read_item(Draft& draft, const Barcode& code) {
  Reading reading{code.bytes, 1, "", "", ""};
  if (const auto gtin = gtin14(code)) reading.code = *gtin;
  const auto gs1 = read_gs1(code, year_of(draft.now.wall, draft.policy.zone));
  if (!gs1) return reading;
  if (!gs1->ok() || !gs1->value().gtin14) {
    draft.refuse(AlertCode::bad_barcode);
    return std::nullopt;
  }
  const ElementString& elements = gs1->value();
  reading.code = *elements.gtin14;
  reading.count = elements.count.value_or(1);
  reading.lot = elements.lot.value_or("");
  reading.serial = elements.serial.value_or("");
  if (elements.expiry) {
    reading.expiry = date_text(*elements.expiry);
    if (reading.expiry < format_local(draft.now.wall, draft.policy.zone, "%Y-%m-%d")) {
      draft.refuse(AlertCode::expired_item, {{"expiry", reading.expiry}});
      return std::nullopt;
    }
  }
  return reading;
}

bool serial_in_box(const Work& work, const Reading& reading) {
  return std::any_of(work.parcel.items.begin(), work.parcel.items.end(), [&](const auto& item) {
    return item.serial == reading.serial && item.code == reading.code;
  });
}

// Spreads the pieces over the lines that still want them; false where there are too many.
bool pack_pieces(Draft& draft, const std::vector<Match>& matches, const Reading& reading,
                 int pieces, bool manual) {
  int room = 0;
  for (const Match& match : matches) {
    const LineWork& line = draft.work->orders[match.where.order].lines[match.where.line];
    room += missing(line, match.where.part);
  }
  if (pieces > room) return false;
  const auto& items = draft.parcel().items;
  const int scan = items.empty() ? 1 : items.back().scan + 1;
  for (const Match& match : matches) {
    const OrderWork& order = draft.work->orders[match.where.order];
    const LineWork& line = order.lines[match.where.line];
    const int here = std::min(pieces, missing(line, match.where.part));
    if (here == 0) continue;
    ItemPacked packed{draft.parcel().id,
                      order.opened.order.key,
                      line.opened.line.ordinal,
                      match.where.part,
                      here,
                      manual,
                      reading.code,
                      reading.lot,
                      reading.serial,
                      reading.expiry,
                      scan};
    draft.add(std::move(packed));
    pieces -= here;
  }
  return true;
}

void pack_reading(Draft& draft, const std::vector<Match>& matches, const Reading& reading,
                  bool manual) {
  if (!reading.serial.empty() && (draft.facts.serial_seen || serial_in_box(*draft.work, reading)))
    return draft.refuse(AlertCode::duplicate_scan, {{"serial", reading.serial}});
  const std::int64_t pieces =
      static_cast<std::int64_t>(matches.front().pieces) * reading.count * draft.station.quantity;
  if (!reading.serial.empty() && pieces > 1)
    return draft.refuse(AlertCode::bad_command, {{"reason", "serial_is_one_piece"}});
  if (pieces > 100'000 || !pack_pieces(draft, matches, reading, static_cast<int>(pieces), manual))
    return draft.refuse(AlertCode::over_scan);
  go_on(draft);
}

// The first part of the SKU; `ok` tells whether it may give up `quantity` pieces.
template <class Fits>
std::optional<PartRef> find_part(Draft& draft, const std::string& sku, Fits fits) {
  const std::vector<PartRef> refs = match_sku(*draft.work, sku);
  if (refs.empty()) {
    draft.refuse(AlertCode::wrong_item, {{"sku", sku}});
    return std::nullopt;
  }
  for (const PartRef& ref : refs) {
    if (fits(draft.work->orders[ref.order].lines[ref.line], ref.part)) return ref;
  }
  draft.refuse(AlertCode::bad_command, {{"reason", "quantity"}});
  return std::nullopt;
}

// Pieces of each part in the box that no set wants any more once `sets` more are short.
std::vector<int> left_over(const LineWork& line, int sets) {
  std::vector<int> pieces;
  for (std::size_t p = 0; p < line.packed.size(); ++p) {
    const int due = wanted(line, p) - sets * line.opened.parts[p].per_unit;
    const int in_box = line.packed[p] - line.earlier[p];
    pieces.push_back(std::clamp(line.packed[p] - due, 0, in_box));
  }
  return pieces;
}

// What was scanned instead, for a screen that shows it beside what is wanted.
void refuse_stranger(Draft& draft, const std::string& code) {
  const auto& orders = draft.work->orders;
  if (std::any_of(orders.begin(), orders.end(),
                  [&](const OrderWork& order) { return order.opened.order.key.number == code; }))
    return draft.refuse(AlertCode::not_ready, {{"reason", "order_open"}});
  if (draft.facts.items.empty()) {
    // With the box packed and its label turned away, the printer is what is waited for.
    if (!refuse_for_printer(draft)) draft.refuse(AlertCode::unknown_barcode);
    return;
  }
  const Product& other = draft.facts.items.front().product;
  draft.refuse(AlertCode::wrong_item, {{"sku", other.sku},
                                       {"name", other.name},
                                       {"variant", other.variant},
                                       {"image", other.image}});
}

bool needs_open_contents(Draft& draft) {
  if (!draft.work) {
    draft.refuse(AlertCode::not_ready, {{"reason", "no_order"}});
    return false;
  }
  if (in_flight(draft.parcel().label) || on_bench(draft.parcel().label)) {
    draft.refuse(AlertCode::not_ready, {{"reason", "label_printed"}});
    return false;
  }
  return true;
}

}  // namespace

void scan_item(Draft& draft, const Barcode& code) {
  const auto reading = read_item(draft, code);
  if (!reading) return;
  std::vector<Match> matches = match_code(*draft.work, reading->code);
  if (matches.empty()) matches = match_code(*draft.work, code.bytes);
  if (matches.empty()) return refuse_stranger(draft, code.bytes);
  pack_reading(draft, matches, *reading, false);
}

void choose_item(Draft& draft, const std::string& sku) {
  if (!needs_open_contents(draft)) return;
  if (sku.empty()) return draft.refuse(AlertCode::bad_command, {{"reason", "/item SKU"}});
  if (const OrderWork* held = first_held(*draft.work))
    return draft.refuse(AlertCode::order_on_hold, {{"reason", held->held->code}});
  std::vector<Match> matches;
  for (const PartRef& ref : match_sku(*draft.work, sku)) matches.push_back({ref, 1});
  if (matches.empty()) return refuse_stranger(draft, sku);
  const PartRef& first = matches.front().where;
  const Part& part = draft.work->orders[first.order].lines[first.line].opened.parts[first.part];
  if (!part.no_barcode && !part.barcodes.empty() && !is_supervisor(draft))
    return draft.refuse(AlertCode::not_permitted, {{"reason", "scan_it"}});
  pack_reading(draft, matches, {sku, 1, "", "", ""}, true);
}

void set_quantity(Draft& draft, const Command& command) {
  const auto n = command.args.size() == 1 ? whole_number(command.args[0]) : std::nullopt;
  if (!n || *n < 1 || *n > 9999)
    return draft.refuse(AlertCode::bad_command, {{"reason", "/quantity 1..9999"}});
  if (!needs_open_contents(draft)) return;
  draft.add(QuantitySet{*n});
}

void undo_item(Draft& draft) {
  if (!needs_open_contents(draft)) return;
  const std::vector<PackedItem> items = draft.parcel().items;
  if (items.empty()) return draft.refuse(AlertCode::not_ready, {{"reason", "nothing_to_undo"}});
  for (auto item = items.rbegin(); item != items.rend() && item->scan == items.back().scan; ++item)
    draft.add(ItemUndone{draft.parcel().id, item->pieces, item->manual});
}

void short_item(Draft& draft, const Command& command) {
  if (!needs_open_contents(draft)) return;
  const auto n = command.args.size() >= 3 ? whole_number(command.args[1]) : std::nullopt;
  if (!n || *n < 1)
    return draft.refuse(AlertCode::bad_command, {{"reason", "/short SKU N REASON"}});
  // A component that is short takes whole sets with it.
  const auto ref = find_part(draft, command.args[0], [&](const LineWork& line, std::size_t part) {
    return *n * line.opened.parts[part].per_unit <= missing(line, part) ||
           (line.opened.parts.size() > 1 && *n <= missing(line, part));
  });
  if (!ref) return;
  const OrderWork& order = draft.work->orders[ref->order];
  const LineWork& line = order.lines[ref->line];
  const int per_unit = line.opened.parts[ref->part].per_unit;
  const int sets = line.opened.parts.size() > 1 ? (*n + per_unit - 1) / per_unit : *n;
  draft.add(LineShort{order.opened.order.key, line.opened.line.ordinal, sets,
                      joined(command.args, 2), left_over(line, sets)});
  go_on(draft);
}

void damaged_item(Draft& draft, const Command& command) {
  if (!needs_open_contents(draft)) return;
  const auto n = command.args.size() == 2 ? whole_number(command.args[1]) : std::nullopt;
  if (!n || *n < 1) return draft.refuse(AlertCode::bad_command, {{"reason", "/damaged SKU N"}});
  const auto ref = find_part(draft, command.args[0], [&](const LineWork& line, std::size_t part) {
    return *n <= wanted(line, part);
  });
  if (!ref) return;
  const OrderWork& order = draft.work->orders[ref->order];
  draft.add(ItemDamaged{order.opened.order.key, order.lines[ref->line].opened.line.ordinal,
                        ref->part, *n});
}

void differing_item(Draft& draft, const Command& command) {
  if (!needs_open_contents(draft)) return;
  if (command.args.size() < 2)
    return draft.refuse(AlertCode::bad_command, {{"reason", "/differs SKU TEXT"}});
  const auto ref =
      find_part(draft, command.args[0], [](const LineWork&, std::size_t) { return true; });
  if (!ref) return;
  const OrderWork& order = draft.work->orders[ref->order];
  draft.add(ItemDiffers{order.opened.order.key, order.lines[ref->line].opened.line.ordinal,
                        ref->part, joined(command.args, 1)});
}

void next_parcel(Draft& draft) {
  if (!needs_open_contents(draft)) return;
  if (draft.parcel().items.empty() || has_broken_kit(*draft.work) || all_packed(*draft.work))
    return draft.refuse(AlertCode::not_ready,
                        {{"reason", draft.parcel().items.empty() ? "box_is_empty"
                                    : all_packed(*draft.work)    ? "nothing_is_left"
                                                                 : "kit_is_incomplete"}});
  draft.add(ParcelFilled{draft.parcel().id});
  go_on(draft);
}

void park(Draft& draft) {
  if (!needs_open_contents(draft)) return;
  if (draft.station.parked.size() >= 20)
    return draft.refuse(AlertCode::not_ready, {{"reason", "shelf_full"}});
  stop_cards(draft);
  draft.add(WorkParked{draft.work->id});
}

void abandon(Draft& draft, const Command& command) {
  if (!draft.work) return draft.refuse(AlertCode::not_ready, {{"reason", "no_order"}});
  if (in_flight(draft.parcel().label))
    return draft.refuse(AlertCode::not_ready, {{"reason", "printing"}});
  const bool staged = !draft.work->staged.empty();
  if (staged && !all_stopped(*draft.work))
    return draft.refuse(AlertCode::not_ready, {{"reason", "parcel_staged"}});
  stop_cards(draft);
  if (draft.parcel().label.waybill) void_waybill(draft, "abandoned");
  if (staged) return draft.add(WorkFinished{draft.work->id});
  draft.add(WorkAbandoned{draft.work->id, joined(command.args, 0)});
}

}  // namespace packbench::station
