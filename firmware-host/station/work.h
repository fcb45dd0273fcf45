// Work: sums over the orders on the bench and the parcel that is being filled, and the fold of a
// record into it. Pure functions, used by decide (on a copy of the small Work) and by evolve.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "station/facts.h"
#include "station/record.h"
#include "station/station.h"

namespace packbench::station {

struct PartRef {
  std::size_t order = 0;  // indexes into Work::orders, its lines and its parts
  std::size_t line = 0;
  std::size_t part = 0;
};

int wanted(const LineWork& line, std::size_t part);
int missing(const LineWork& line, std::size_t part);
// Whole units of the line in the parcel on the bench; of a kit the completed sets.
int units_in_parcel(const LineWork& line);
int units_packed(const LineWork& line);
bool all_packed(const Work& work);
bool contents_done(const Work& work);   // all packed, or the packer closed the box
bool has_broken_kit(const Work& work);  // the parcel holds an incomplete set of components
bool any_stopped(const Work& work);
bool all_stopped(const Work& work);
const OrderWork* first_held(const Work& work);
std::vector<Content> contents(const Work& work);

std::optional<std::size_t> find_order(const Work& work, const OrderKey& key);
LineWork* find_line(Work& work, const OrderKey& key, int ordinal);
// Every place in the work that a SKU or a barcode stands for, with the pieces the code is worth.
struct Match {
  PartRef where;
  int pieces = 1;
};
std::vector<Match> match_code(const Work& work, std::string_view code);
std::vector<PartRef> match_sku(const Work& work, std::string_view sku);

const CheckState* open_check(const OpenParcel& parcel, bool blocks_print);  // not answered yet
const CheckState* failed_check(const OpenParcel& parcel, bool blocks_print);

// Grams that contents and packaging should weigh; nothing where a product's weight is unknown.
std::optional<std::int64_t> weight_due(const Work& work, const Policy& policy);
bool weight_within(std::int64_t grams, std::int64_t due, const Policy& policy);

bool in_flight(const LabelState& label);  // between the request and the printer's answer
bool on_bench(const LabelState& label);   // a label is, or may be, in the packer's hand

void fold_work(Work& work, const Payload& payload);

}  // namespace packbench::station
