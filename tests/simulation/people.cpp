#include "people.h"

#include <algorithm>

namespace packbench::simulation {
namespace {

using station::Phase;
using station::StationView;

// What the scale shows under the right box, or nothing that is known.
std::optional<std::int64_t> due(const StationView& view) {
  return view.parcel ? view.parcel->weight_due_g : std::nullopt;
}

// Whether a gift's card has not come out yet.
bool lacks_card(const StationView& view) {
  return std::any_of(view.orders.begin(), view.orders.end(), [](const auto& order) {
    return !order.gift_card.empty() && order.gift_card != "printed";
  });
}

}  // namespace

Deed People::next(const StationView& view) {
  weigh(view);
  before_ = view.waybill;
  if (view.manifest && chance_.permille(450)) return {at_dock(view), true};
  if (!view.manifest && view.op && view.staged_count > chance_.between(2, 12))
    return {chance_.permille(700) ? "/handover SF K1" : "/handover YT K2", false};
  return {at_bench(view), false};
}

void People::see(const StationView& view, const Deed& deed) {
  if (!view.just_staged.empty()) to_shelf(deed);
  if (world_.late_papers.empty() || !chance_.permille(200)) return;
  world_.papers.push_back(world_.late_papers.back());
  world_.late_papers.pop_back();
}

// Nobody knows whether the last scan counted; a box with its label on looks done.
void People::see_restart(const Deed& deed) {
  const bool scan = !deed.line.empty() && deed.line.front() != '/';
  if (scan && !deed.dock && before_ && deed.line.find(before_->number) != std::string::npos)
    to_shelf(deed);
}

void People::to_shelf(const Deed& deed) {
  if (before_) shelf_.push_back({before_->number, before_->carrier, deed.line, false});
}

void People::weigh(const StationView& view) {
  std::optional<std::int64_t> grams = due(view);
  if (grams && chance_.permille(world_.weather.mistakes / 3)) *grams += 500;
  if (chance_.permille(50)) grams.reset();
  world_.put_on_scale(grams);
}

std::string People::at_bench(const StationView& view) {
  if (!view.op) return sign_in();
  if (chance_.permille(world_.weather.mistakes / 3)) return mistake(view);
  if (chance_.permille(30)) return rescue(view);
  if (chance_.permille(20)) return "/view";
  const bool waits = std::any_of(view.orders.begin(), view.orders.end(),
                                 [](const auto& order) { return order.held || order.stopped; });
  if (waits && chance_.permille(300)) return rescue(view);
  switch (view.phase) {
    case Phase::signed_out:
      return sign_in();
    case Phase::awaiting_order:
      return open_order();
    case Phase::packing:
      return pack(view);
    case Phase::checks:
      return answer_checks(view);
    case Phase::weighing:
      return "/weight " + std::to_string(due(view).value_or(300) +
                                         (chance_.permille(200) ? 400 : chance_.between(-3, 3)));
    case Phase::printing:
      return chance_.permille(600) ? "/print" : mistake(view);
    case Phase::print_unknown:
      return doubt(view);
    case Phase::verifying_label:
      return stick_label(view);
    case Phase::handover:
      break;
  }
  return "/view";
}

std::string People::sign_in() {
  const std::string badge =
      chance_.permille(250) ? "9001" : chance_.pick<std::string>({"1001", "1002"});
  if (chance_.permille(world_.weather.mistakes / 2))
    return chance_.pick<std::string>({"/sign-in 4444", shop_.wares().front().code, "/print"});
  return chance_.below(2) == 0 ? badge : "/sign-in " + badge;
}

std::string People::some_order() {
  return shop_.numbers.empty() ? "SO-1" : chance_.pick(shop_.numbers);
}

std::string People::open_order() {
  const int how = chance_.below(100);
  if (how < 8 && !shop_.aliases.empty()) return chance_.pick(shop_.aliases);
  if (how < 16 && !shop_.preprinted.empty()) {
    // The label came in the tote: it is paper without our small code.
    const std::string number = chance_.pick(shop_.preprinted);
    const bool known = std::any_of(world_.papers.begin(), world_.papers.end(),
                                   [&](const Paper& paper) { return paper.number == number; });
    if (!known) world_.papers.push_back({number, 0, number, false});
    return number;
  }
  if (how < 28) {
    const Ware& ware = chance_.pick(shop_.wares());
    if (!ware.code.empty()) return ware.code;
  }
  if (how < 38) {
    const auto same = shop_.buyers_of(some_order());
    if (same.size() > 1) {
      const std::string first = chance_.pick(same);
      const std::string second = chance_.pick(same);
      if (first != second) return "/open " + first + " " + second;
    }
  }
  return some_order();
}

std::string People::pack(const StationView& view) {
  const int how = chance_.below(100);
  const bool filled = std::any_of(view.orders.begin(), view.orders.end(), [](const auto& order) {
    return std::any_of(order.lines.begin(), order.lines.end(),
                       [](const auto& line) { return line.packed > 0; });
  });
  if (how < 5 && filled) return "/next-parcel";
  if (how < 7) return "/park";
  if (how < 10) return "/undo";
  if (how < 12 || (how < 60 && lacks_card(view))) return "/card";
  return pack_item(view);
}

std::string People::pack_item(const StationView& view) {
  std::vector<std::pair<const Ware*, int>> wanted;
  for (const station::OrderView& order : view.orders) {
    for (const station::LineView& line : order.lines) {
      for (const station::PartView& part : line.parts) {
        const Ware* ware = shop_.ware(part.sku);
        if (ware != nullptr && part.wanted > part.packed)
          wanted.emplace_back(ware, part.wanted - part.packed);
      }
    }
  }
  if (wanted.empty()) return "/print";
  const auto [ware, missing] = chance_.pick(wanted);
  const std::string& sku = ware->product.sku;
  if (chance_.permille(20)) return "/short " + sku + " 1 not_found";
  if (chance_.permille(20)) return "/damaged " + sku + " 1";
  if (chance_.permille(10)) return "/differs " + sku + " colour";
  if (ware->code.empty()) return "/item " + sku;
  if (missing >= 6 && !ware->six.empty() && view.quantity == 1) return ware->six;
  if (missing > 1 && view.quantity == 1 && chance_.permille(150))
    return "/quantity " + std::to_string(missing);
  if (chance_.permille(80)) return shop_.serial_code(*ware);
  return ware->code;
}

std::string People::answer_checks(const StationView& view) {
  for (const station::CheckView& check : view.checks) {
    if (!check.answer.empty() && check.answer != "fail") continue;
    if (chance_.permille(world_.weather.mistakes / 3)) return "/check " + check.id + " fail torn";
    if (check.id == "gift_wrap" && chance_.below(2) == 0) return "MAT-GIFT-BAG";
    if (check.id == "padding_fragile" && chance_.below(2) == 0) return "MAT-BUBBLE-ROLL";
    return "/check " + check.id + " pass";
  }
  return "/print";
}

const Paper* People::paper_of(const StationView& view) const {
  const Paper* newest = nullptr;
  for (const Paper& paper : world_.papers) {
    if (!view.waybill || paper.number != view.waybill->number || paper.destroyed) continue;
    if (newest == nullptr || paper.attempt > newest->attempt) newest = &paper;
  }
  return newest;
}

std::string People::code_of(const Paper& paper) {
  return chance_.permille(600) ? paper.small_code : paper.number;
}

std::string People::stick_label(const StationView& view) {
  const bool open = std::any_of(view.checks.begin(), view.checks.end(), [](const auto& check) {
    return check.answer.empty() || check.answer == "fail";
  });
  if (open && chance_.permille(700)) return answer_checks(view);
  const Paper* paper = paper_of(view);
  if (paper == nullptr || chance_.permille(60)) {
    const int how = chance_.below(100);
    if (how < 60) return "/reprint lost";
    if (how < 80) return "/void lost";
    return "/sign-in 9001";
  }
  if (view.waybill->attempt != paper->attempt && paper->attempt != 0 && chance_.permille(300))
    return "/reprint stale";
  return code_of(*paper);
}

std::string People::doubt(const StationView& view) {
  const Paper* paper = paper_of(view);
  const bool there = paper != nullptr && paper->attempt == view.waybill->attempt;
  const bool lies = chance_.permille(world_.weather.mistakes / 2);
  if (there && chance_.permille(600)) return code_of(*paper);
  return there != lies ? "/printed yes" : "/printed no";
}

std::string People::mistake(const StationView& view) {
  switch (chance_.below(12)) {
    case 0:
      return shop_.wares()[7].code;  // of another order
    case 1: {
      const Ware& ware = chance_.pick(shop_.wares());
      return ware.code.empty() ? "/item CARD" : ware.code;
    }
    case 2:
      return world_.papers.empty() ? "SF9999999999999" : code_of(chance_.pick(world_.papers));
    case 3:
      return "/confirm " + some_order();
    case 4:
      return some_order();
    case 5:
      return chance_.below(2) == 0 ? "/printed no" : "/printed yes";
    case 6:
      return "/reprint again";
    case 7:
      return "/quantity " + std::to_string(chance_.between(0, 3));
    case 8:
      return "/close-manifest";
    case 9:
      return "/release " + some_order();
    case 10:
      return "6900000000001";
    default:
      return view.op && view.op->role == Role::supervisor ? "/sign-in 1001" : "/undo";
  }
}

std::string People::rescue(const StationView& view) {
  const std::string order = view.orders.empty() ? some_order() : view.orders.front().key.number;
  switch (chance_.below(10)) {
    case 0:
    case 1:
      return "/sign-in 9001";
    case 2:
      return "/override * mended";
    case 3:
    case 4:
      return "/release " + order;
    case 5:
      return "/abandon mixed_up";
    case 6:
      return "/cancel-order " + some_order();
    case 7:
      return "/park";
    case 8:
      return chance_.below(3) == 0 ? "/close-shift" : "/confirm " + some_order();
    default:
      return chance_.below(4) == 0 ? "/sign-out" : "/override weight scale_off";
  }
}

std::string People::at_dock(const StationView& view) {
  std::vector<Box*> due;
  for (Box& box : shelf_) {
    if (!box.gone && box.carrier == view.manifest->carrier) due.push_back(&box);
  }
  if (chance_.permille(world_.weather.mistakes / 2) && !world_.papers.empty())
    return code_of(chance_.pick(world_.papers));
  if (chance_.permille(world_.weather.mistakes / 4)) return "/undo";
  if (chance_.permille(world_.weather.mistakes / 4) && !shelf_.empty())
    return chance_.pick(shelf_).code;
  if (due.empty() || chance_.permille(60)) return "/close-manifest";
  Box& box = *chance_.pick(due);
  box.gone = !chance_.permille(100);  // else it is scanned once more
  return chance_.below(4) == 0 ? box.number : box.code;
}

}  // namespace packbench::simulation
