// The fold of a record into the work on the bench; every other record leaves it as it is.
#include <algorithm>

#include "station/work.h"

namespace packbench::station {
namespace {

void start_parcel(Work& work, const ParcelStarted& r) {
  OpenParcel parcel;
  parcel.id = r.parcel;
  parcel.index = r.index;
  for (const RaisedCheck& check : r.checks) parcel.checks.push_back({check, "", ""});
  parcel.cards = r.cards;
  work.parcel = std::move(parcel);
}

void pack(Work& work, const ItemPacked& r) {
  LineWork* line = find_line(work, r.order, r.line);
  if (line == nullptr || r.part >= line->packed.size()) return;
  line->packed[r.part] += r.pieces;
  work.parcel.items.push_back({*find_order(work, r.order), r.line, r.part, r.pieces, r.manual,
                               r.code, r.lot, r.serial, r.expiry, r.scan});
  work.parcel.weight_g.reset();
}

void take_back(Work& work, std::size_t item) {
  const PackedItem& packed = work.parcel.items[item];
  const OrderKey key = work.orders[packed.order].opened.order.key;
  if (LineWork* line = find_line(work, key, packed.line))
    line->packed[packed.part] -= packed.pieces;
  work.parcel.items.erase(work.parcel.items.begin() + static_cast<std::ptrdiff_t>(item));
  work.parcel.weight_g.reset();
  work.parcel.filled = false;
}

// Takes up to `quantity` pieces out of the box, the newest first.
void take_out(Work& work, const OrderKey& key, int ordinal, std::size_t part, int quantity) {
  const auto order = find_order(work, key);
  LineWork* line = find_line(work, key, ordinal);
  if (!order || line == nullptr) return;
  for (std::size_t i = work.parcel.items.size(); i-- > 0 && quantity > 0;) {
    PackedItem& item = work.parcel.items[i];
    if (item.order != *order || item.line != ordinal || item.part != part) continue;
    if (item.pieces <= quantity) {
      quantity -= item.pieces;
      take_back(work, i);
    } else {
      item.pieces -= quantity;
      line->packed[part] -= quantity;
      quantity = 0;
    }
  }
  work.parcel.weight_g.reset();
  work.parcel.filled = false;
}

void stop_line(Work& work, const OrderKey& key, LineWork& line) {
  line.stopped = true;
  for (std::size_t p = 0; p < line.packed.size(); ++p)
    take_out(work, key, line.opened.line.ordinal, p, line.packed[p] - line.earlier[p]);
}

void stop(Work& work, const OrderStopped& r) {
  const auto index = find_order(work, r.order);
  if (!index) return;
  OrderWork& order = work.orders[*index];
  if (r.line == 0) order.stopped = true;
  for (LineWork& line : order.lines) {
    if (r.line == 0 || line.opened.line.ordinal == r.line) stop_line(work, r.order, line);
  }
}

void raise(Work& work, const CheckRaised& r) {
  if (work.parcel.id != r.parcel) return;
  std::erase_if(work.parcel.checks,
                [&](const CheckState& state) { return state.check.id == r.check.id; });
  work.parcel.checks.push_back({r.check, "", ""});
}

void answer(Work& work, const std::string& id, const std::string& word, const std::string& why) {
  for (CheckState& state : work.parcel.checks) {
    if (state.check.id != id) continue;
    state.answer = word;
    state.reason = why;
  }
}

void reject(LabelState& label, const LabelRejected& r) {
  if (label.state == PrintState::sent && label.on_paper > 0) --label.on_paper;
  label.state = PrintState::rejected;
  label.problem = r.code;
  label.problem_detail = r.reason;
}

void void_label(LabelState& label) {
  const int attempt = label.attempt;  // attempts of a parcel never repeat
  label = LabelState{};
  label.attempt = attempt;
}

void stage(Work& work, const ParcelStaged& r) {
  work.staged.push_back(r.parcel);
  for (OrderWork& order : work.orders) {
    for (LineWork& line : order.lines) line.earlier = line.packed;
  }
  work.preprinted.reset();
  work.parcel = OpenParcel{};
}

struct Fold {
  Work& work;
  LabelState& label = work.parcel.label;

  void operator()(const ParcelStarted& r) { start_parcel(work, r); }
  void operator()(const ItemPacked& r) { pack(work, r); }
  void operator()(const ItemUndone&) {
    if (!work.parcel.items.empty()) take_back(work, work.parcel.items.size() - 1);
  }
  void operator()(const LineShort& r) {
    if (LineWork* line = find_line(work, r.order, r.line)) line->short_quantity += r.quantity;
    for (std::size_t p = 0; p < r.taken_out.size(); ++p) {
      if (r.taken_out[p] > 0) take_out(work, r.order, r.line, p, r.taken_out[p]);
    }
  }
  void operator()(const ItemDamaged& r) { take_out(work, r.order, r.line, r.part, r.quantity); }
  void operator()(const ItemDiffers& r) { take_out(work, r.order, r.line, r.part, 1); }
  void operator()(const CheckRaised& r) { raise(work, r); }
  void operator()(const CheckAnswered& r) { answer(work, r.id, r.answer, r.reason); }
  void operator()(const CheckOverridden& r) {
    if (r.id == "weight") work.parcel.weight_overridden = true;
    answer(work, r.id, "overridden", r.reason);
  }
  void operator()(const ParcelWeighed& r) {
    work.parcel.weight_g = r.grams;
    work.parcel.weight_within = r.within;
  }
  void operator()(const ParcelFilled&) { work.parcel.filled = true; }
  void operator()(const WaybillAssigned& r) {
    label.waybill = r.offer;
    label.source = r.source;
  }
  void operator()(const PrintRequested& r) {
    label.attempt = r.attempt;
    label.state = PrintState::requested;
    label.problem.clear();
    label.problem_detail.clear();
  }
  void operator()(const LabelIntent&) { label.state = PrintState::intent; }
  void operator()(const LabelSent&) {
    label.state = PrintState::sent;
    ++label.on_paper;
  }
  void operator()(const LabelPrinted& r) {
    label.attempt = r.attempt;
    if (label.on_paper == 0) label.on_paper = 1;  // it came pre-printed
    label.state = PrintState::printed;
  }
  void operator()(const LabelRejected& r) { reject(label, r); }
  void operator()(const LabelUnknown&) { label.state = PrintState::unknown; }
  void operator()(const LabelAnswered& r) {
    label.state = r.printed ? PrintState::printed : PrintState::answered_no;
  }
  void operator()(const LabelVerified&) { label.state = PrintState::verified; }
  void operator()(const LabelVoided&) {
    // The pre-printed one is gone; the next label is ours.
    if (label.source == LabelSource::preprinted) work.source = LabelSource::own;
    work.preprinted.reset();
    void_label(label);
  }
  void operator()(const CardRequested& r) {
    const auto index = find_order(work, r.order);
    if (!index) return;
    GiftCard& card = work.orders[*index].card;
    card = {true, card.copies + 1, std::nullopt, ""};
  }
  void operator()(const CardEnded& r) {
    const auto index = find_order(work, r.order);
    if (!index) return;
    GiftCard& card = work.orders[*index].card;
    card = {false, card.copies, r.result, r.reason};
  }
  void operator()(const ParcelStaged& r) { stage(work, r); }
  void operator()(const OrderHeld& r) {
    if (const auto index = find_order(work, r.order)) work.orders[*index].held = r.hold;
  }
  void operator()(const OrderStopped& r) { stop(work, r); }
  void operator()(const OrderReleased& r) {
    if (const auto index = find_order(work, r.order)) work.orders[*index].held.reset();
  }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

void fold_work(Work& work, const Payload& payload) {
  std::visit(Fold{work}, payload);
}

}  // namespace packbench::station
