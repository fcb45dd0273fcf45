// LabelContent: everything that may stand on a label, already resolved to plain texts and numbers.
// Names, phones and addresses come in whole; the page hides what practice says to hide
// (domain/privacy.h), so that no caller can forget it. There is no field for a price.
// Value types, no thread rule.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace packbench::label {

struct LabelParty {
  std::string name;
  std::string phone;
  std::vector<std::string> address;  // lines; how they break on the label is the page's business
  std::string postcode;
  std::string country;        // display name; empty for a domestic parcel
  bool organisation = false;  // a shop's or warehouse's name is not hidden, a person's is
};

// Marks for hands that carry the box. High value is not among them: it would tell a thief.
enum class HandlingMark { fragile, this_side_up, keep_dry, battery };

struct LabelContent {
  std::string carrier;        // code: SF
  std::string carrier_name;   // display name: 顺丰速运
  std::string service;        // display name: 标快
  std::string route_code;     // up to three segments as allocated: 571-W12-008
  std::string sorting_mark;   // in large letters for the sorter: the destination
  std::string consolidation;  // name of the hub that the parcel's bag goes to
  std::string consolidation_code;
  std::string waybill;  // number as the carrier writes it, visible ASCII
  int attempt = 0;      // of printing; 0 is a SPECIMEN
  std::string bench;    // short code, visible ASCII
  LabelParty sender;
  LabelParty receiver;
  int parcel_index = 1;
  int parcel_count = 0;  // 0: not known yet
  std::vector<std::string> order_numbers;
  std::optional<Grams> weight;
  std::string date;  // as the site writes it
  bool gift = false;
  std::string gift_message;  // for the gift card only, no label shows it
  std::vector<HandlingMark> marks;
  int duplicate = 0;  // n of "DUPLICATE n"; 0 shows the attempt where there were several
};

// The mark for a word of a product's `handling` list; nothing for words that no box needs to show.
std::optional<HandlingMark> handling_mark(std::string_view handling);

}  // namespace packbench::label
