// Trace: what a carrier says happened to a parcel, and which of the few states that matter here it
// stands for. Carriers have no common codes and leave the status empty as often as not, so that the
// text decides, by a table that is data (assets/traces/rules.json, explained in its README).
// Plain values and pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace packbench {

// unknown: no rule knows the text; it is kept and listed, and stops no clock.
enum class TraceState {
  unknown,
  picked_up,
  in_transit,
  hub,  // at a sorting hub, or leaving one
  out_for_delivery,
  delivered,
  failed,  // not delivered this time
  returned
};
std::string_view trace_word(TraceState state);
// TraceState::unknown for a word that is none.
TraceState trace_state_of(std::string_view word);

struct Trace {
  std::string carrier;  // the site's code; empty: not said
  std::string number;   // normalised
  Instant at;
  std::string text, status;  // the carrier's own; no telephone number is kept
  TraceState state = TraceState::unknown;
  bool operator==(const Trace&) const = default;
};

struct TraceRule {
  TraceState state = TraceState::unknown;
  std::vector<std::string> text;    // patterns, without spaces and in small letters
  std::vector<std::string> status;  // whole, in small letters
};

class TraceRules {
 public:
  TraceRules() = default;
  explicit TraceRules(std::vector<TraceRule> rules) : rules_(std::move(rules)) {}
  // The first rule with a pattern in the text; where none has one, the first with the status.
  TraceState classify(std::string_view text, std::string_view status) const;

 private:
  std::vector<TraceRule> rules_;
};

// Error bad_trace_rules names the rule by its place.
Result<TraceRules> parse_trace_rules(const std::string& json);

// Whether `pattern` is found anywhere in `text`: `*` stands for any characters but the brackets
// 【 and 】 that carriers put around places.
bool has_pattern(std::string_view text, std::string_view pattern);

}  // namespace packbench
