// Bench: the shipped core (queries, decide, evolve, pending) with one order on it, as a graph.
// Every Station that was ever met is kept once and known by a number, so that a search asks the
// core only what it has not asked before. A Station is known by its stored bytes; what only counts
// up (seq, the feed's cursor, the shift's tally, messages to the carrier) is put back, for nothing
// here is decided by it.
// Thread rule: one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "station/core.h"

namespace packbench::protocol {

using Byte = std::uint8_t;

enum class Said : Byte {
  item_scanned,
  order_scanned,
  bar_code_scanned,    // number: of the waybill
  small_code_scanned,  // number and attempt
  printed_yes,
  printed_no,
  reprint,
  void_label,
  print,
  abandon,
  park,
  supervisor_signs_in,
  packer_signs_in,
  label_drawn,  // of an attempt; so are the next eight
  label_undrawable,
  printer_ready,
  printer_not_ready,
  other_printer_asked,  // it has to be written anew for the printer that stands in
  print_done,
  print_rejected,
  print_rejected_stopped,
  print_rejected_other,
  print_unknown,
  printer_well,  // news of the devices
  printer_ill,
  row_held,  // from outside
  row_paid,
  row_cancelled,
  started
};
struct Input {
  Said said = Said::started;
  Byte attempt = 0;
  Byte number = 0;
};

enum class OrderIs : Byte { paid, held, cancelled };
// What the catalog and the journal would answer.
struct Known {
  OrderIs order = OrderIs::paid;
  Byte numbers_used = 0;  // waybill numbers that were given to a parcel; each is used once
};

using StationId = std::uint32_t;

struct Answer {
  StationId station = 0;
  bool accepted = true;
  std::optional<station::AlertCode> alert;
  std::vector<station::Payload> records;
  std::vector<station::Effect> effects;
};

// What the search needs to know of a Station.
struct Sight {
  bool working = false;  // the order lies on the bench
  bool parked = false;
  bool packed = false;  // its item is in the box
  bool stopped = false;
  station::PrintState label = station::PrintState::none;
  Byte attempt = 0;
  Byte number = 0;  // of the waybill; 0: none
  bool open() const { return working || parked; }
};

class Bench {
 public:
  // Attempts are numbered from 1.
  static constexpr int kAttempts = 15;
  static constexpr int kNumbers = 8;

  // An order of one item is open, its item not packed, a packer signed in. `source`: own or
  // supplied.
  explicit Bench(LabelSource source);

  StationId first() const { return first_; }
  static station::ParcelId parcel();
  bool is_supplied() const { return source_ == LabelSource::supplied; }
  const Answer& tell(StationId station, const Input& input, const Known& known);
  // The Station after these records and no others.
  StationId fold(StationId station, const std::vector<station::Payload>& records);
  std::vector<station::Effect> owed(StationId station) const;
  const Sight& look(StationId station) const { return sights_[station]; }
  std::size_t stations() const { return stations_.size(); }
  std::size_t decisions() const { return answers_.size(); }

 private:
  StationId keep(station::Station station);
  Answer ask_core(StationId from, const station::Input& input, const Known& known);
  station::Facts facts(const std::vector<station::Query>& queries, const Known& known) const;

  const LabelSource source_;
  const station::Policy policy_;
  std::vector<station::Station> stations_;
  std::vector<Sight> sights_;
  std::unordered_map<std::string, StationId> by_bytes_;
  std::unordered_map<std::uint64_t, Answer> answers_;
  StationId first_ = 0;
};

}  // namespace packbench::protocol
