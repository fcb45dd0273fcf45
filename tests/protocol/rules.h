// Rules: what must hold in every state and at every step, one sentence each, and what a search must
// have met on its way so that its silence counts. Plain values.
#pragma once

#include <cstdint>
#include <string_view>

namespace packbench::protocol {

enum class Rule : unsigned {
  two_labels,
  dead_attempt_staged,
  sent_twice,
  sent_unrecorded,
  attempt_reused,
  wrong_after_crash,
  dead_end,
  old_label_taken,
  live_label_refused,
  not_as_recorded,
  host_would_stop,
  count_
};
using Rules = std::uint32_t;  // a set
constexpr Rules of(Rule rule) {
  return 1U << static_cast<unsigned>(rule);
}
constexpr Rules kAllRules = (1U << static_cast<unsigned>(Rule::count_)) - 1;
std::string_view sentence(Rule rule);

enum class Met : unsigned {
  staged,
  staged_in_doubt,
  staged_before_the_printer_said_so,
  staged_on_a_later_attempt,
  staged_while_an_old_label_lies_about,
  staged_after_void,
  old_label_refused,
  old_label_refused_without_a_new_one,
  old_label_destroyed,
  voided_label_refused,
  answered_yes,
  answered_no,
  printed_after_no,
  reprinted,
  reprinted_by_supervisor,
  stopped_by_packer,
  stopped_by_cancellation,
  printed_after_rejection,
  went_on_by_itself,
  written_anew_when_asked,
  written_anew_when_turned_away,
  printed_late_after_no,
  doubt_after_crash,
  intent_started_over,
  request_drawn_again,
  held_before_printing,
  cancelled_before_printing,
  cancelled_while_down,
  resumed_from_the_shelf,
  given_up,
  count_
};
using Mets = std::uint32_t;
constexpr Mets of(Met met) {
  return 1U << static_cast<unsigned>(met);
}
constexpr Mets kAllMets = (1U << static_cast<unsigned>(Met::count_)) - 1;
std::string_view words(Met met);

}  // namespace packbench::protocol
