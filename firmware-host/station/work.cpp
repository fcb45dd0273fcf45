#include "station/work.h"

#include <algorithm>

#include "domain/barcode.h"

namespace packbench::station {
namespace {

template <class Visit>
void for_each_part(const Work& work, Visit visit) {
  for (std::size_t o = 0; o < work.orders.size(); ++o) {
    for (std::size_t l = 0; l < work.orders[o].lines.size(); ++l) {
      const LineWork& line = work.orders[o].lines[l];
      for (std::size_t p = 0; p < line.opened.parts.size(); ++p) visit(PartRef{o, l, p}, line);
    }
  }
}

int units(const std::vector<int>& pieces, const LineWork& line) {
  int least = line.opened.line.quantity;
  for (std::size_t p = 0; p < line.opened.parts.size(); ++p)
    least = std::min(least, pieces[p] / std::max(1, line.opened.parts[p].per_unit));
  return least;
}

std::vector<int> in_parcel(const LineWork& line) {
  std::vector<int> pieces = line.packed;
  for (std::size_t p = 0; p < pieces.size(); ++p) pieces[p] -= line.earlier[p];
  return pieces;
}

}  // namespace

int wanted(const LineWork& line, std::size_t part) {
  if (line.stopped) return 0;
  return (line.opened.line.quantity - line.short_quantity) * line.opened.parts[part].per_unit;
}

int missing(const LineWork& line, std::size_t part) {
  return std::max(0, wanted(line, part) - line.packed[part]);
}

int units_in_parcel(const LineWork& line) {
  return units(in_parcel(line), line);
}
int units_packed(const LineWork& line) {
  return units(line.packed, line);
}

bool all_packed(const Work& work) {
  bool done = true;
  for_each_part(work, [&](PartRef ref, const LineWork& line) {
    if (missing(line, ref.part) > 0) done = false;
  });
  return done;
}

// A component that went into a closed box after its label was voided opens it again.
bool contents_done(const Work& work) {
  return all_packed(work) || (work.parcel.filled && !has_broken_kit(work));
}

bool has_broken_kit(const Work& work) {
  bool broken = false;
  for_each_part(work, [&](PartRef ref, const LineWork& line) {
    const int pieces = line.packed[ref.part] - line.earlier[ref.part];
    if (pieces != units_in_parcel(line) * line.opened.parts[ref.part].per_unit) broken = true;
  });
  return broken;
}

bool any_stopped(const Work& work) {
  return std::any_of(work.orders.begin(), work.orders.end(),
                     [](const OrderWork& o) { return o.stopped; });
}

bool all_stopped(const Work& work) {
  return std::all_of(work.orders.begin(), work.orders.end(), [](const OrderWork& o) {
    return o.stopped ||
           std::all_of(o.lines.begin(), o.lines.end(), [](const LineWork& l) { return l.stopped; });
  });
}

const OrderWork* first_held(const Work& work) {
  for (const OrderWork& order : work.orders) {
    if (order.held && !order.stopped) return &order;
  }
  return nullptr;
}

std::vector<Content> contents(const Work& work) {
  std::vector<Content> out;
  for (const OrderWork& order : work.orders) {
    for (const LineWork& line : order.lines) {
      const int quantity = units_in_parcel(line);
      if (quantity > 0) out.push_back({order.opened.order.key, line.opened.line.ordinal, quantity});
    }
  }
  return out;
}

std::optional<std::size_t> find_order(const Work& work, const OrderKey& key) {
  for (std::size_t i = 0; i < work.orders.size(); ++i) {
    if (work.orders[i].opened.order.key == key) return i;
  }
  return std::nullopt;
}

LineWork* find_line(Work& work, const OrderKey& key, int ordinal) {
  const auto index = find_order(work, key);
  if (!index) return nullptr;
  for (LineWork& line : work.orders[*index].lines) {
    if (line.opened.line.ordinal == ordinal) return &line;
  }
  return nullptr;
}

std::vector<Match> match_code(const Work& work, std::string_view code) {
  std::vector<Match> found;
  for_each_part(work, [&](PartRef ref, const LineWork& line) {
    const Part& part = line.opened.parts[ref.part];
    for (const ProductBarcode& barcode : part.barcodes) {
      if (same_code(barcode.code, code)) {
        found.push_back({ref, std::max(1, barcode.pieces)});
        return;
      }
    }
    if (part.sku == code) found.push_back({ref, 1});
  });
  return found;
}

std::vector<PartRef> match_sku(const Work& work, std::string_view sku) {
  std::vector<PartRef> found;
  for_each_part(work, [&](PartRef ref, const LineWork& line) {
    if (line.opened.parts[ref.part].sku == sku) found.push_back(ref);
  });
  return found;
}

const CheckState* open_check(const OpenParcel& parcel, bool blocks_print) {
  for (const CheckState& state : parcel.checks) {
    if (state.check.blocks_print == blocks_print && state.answer.empty()) return &state;
  }
  return nullptr;
}

const CheckState* failed_check(const OpenParcel& parcel, bool blocks_print) {
  for (const CheckState& state : parcel.checks) {
    if (state.check.blocks_print == blocks_print && state.answer == "fail") return &state;
  }
  return nullptr;
}

std::optional<std::int64_t> weight_due(const Work& work, const Policy& policy) {
  std::int64_t grams = policy.packaging_weight_g;
  bool known = true;
  for_each_part(work, [&](PartRef ref, const LineWork& line) {
    const std::int64_t pieces = line.packed[ref.part] - line.earlier[ref.part];
    const std::int64_t each = line.opened.parts[ref.part].weight_g;
    if (pieces > 0 && each <= 0) known = false;
    grams += pieces * each;
  });
  if (!known) return std::nullopt;
  return grams;
}

bool weight_within(std::int64_t grams, std::int64_t due, const Policy& policy) {
  const std::int64_t off = grams > due ? grams - due : due - grams;
  return off <= std::max(policy.weight_tolerance_g, due * policy.weight_tolerance_percent / 100);
}

bool in_flight(const LabelState& label) {
  return label.state == PrintState::requested || label.state == PrintState::intent ||
         label.state == PrintState::sent;
}

bool on_bench(const LabelState& label) {
  return label.state == PrintState::printed || label.state == PrintState::unknown;
}

}  // namespace packbench::station
