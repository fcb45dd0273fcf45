// Checks and weight: the questions of a risky parcel, and the scale's second opinion.
#include <algorithm>

#include "station/draft.h"

namespace packbench::station {
namespace {

const CheckState* find_check(const Draft& draft, const std::string& id) {
  for (const CheckState& state : draft.work->parcel.checks) {
    const bool open = state.answer.empty() || state.answer == "fail";
    if (state.check.id == id || (id == "*" && open)) return &state;
  }
  return nullptr;
}

bool may_answer(Draft& draft) {
  if (draft.work) return true;
  draft.refuse(AlertCode::not_ready, {{"reason", "no_order"}});
  return false;
}

}  // namespace

void answer_check(Draft& draft, const Command& command) {
  if (!may_answer(draft)) return;
  const Params usage{{"reason", "/check ID pass|fail|na [REASON]"}};
  if (command.args.size() < 2) return draft.refuse(AlertCode::bad_command, usage);
  const std::string& answer = command.args[1];
  const CheckState* state = find_check(draft, command.args[0]);
  const bool known = answer == "pass" || answer == "fail" || answer == "na";
  if (state == nullptr || !known || (answer == "na" && !state->check.na_allowed))
    return draft.refuse(AlertCode::bad_command, usage);
  if (in_flight(draft.parcel().label) && state->check.blocks_print)
    return draft.refuse(AlertCode::not_ready, {{"reason", "label_printed"}});
  const std::string id = state->check.id;
  draft.add(CheckAnswered{draft.parcel().id, id, answer, joined(command.args, 2), ""});
  if (answer == "fail") return draft.alert(AlertCode::check_failed, {{"check", id}});
  go_on(draft);
}

bool scan_material(Draft& draft, const Barcode& code) {
  for (const CheckState& state : draft.work->parcel.checks) {
    const auto& materials = state.check.materials;
    const bool open = state.answer.empty() || state.answer == "fail";
    if (!open || std::find(materials.begin(), materials.end(), code.bytes) == materials.end())
      continue;
    draft.add(CheckAnswered{draft.parcel().id, state.check.id, "pass", "", code.bytes});
    go_on(draft);
    return true;
  }
  return false;
}

void override_check(Draft& draft, const Command& command) {
  if (!is_supervisor(draft)) return draft.refuse(AlertCode::not_permitted);
  if (!may_answer(draft)) return;
  const std::string id = command.args.empty() ? "" : command.args[0];
  const CheckState* state = find_check(draft, id);
  if (command.args.size() < 2 || (state == nullptr && id != "weight"))
    return draft.refuse(AlertCode::bad_command, {{"reason", "/override ID REASON"}});
  draft.add(CheckOverridden{draft.parcel().id, state == nullptr ? id : state->check.id,
                            joined(command.args, 1)});
  go_on(draft);
}

void weigh(Draft& draft, const Command& command) {
  if (!may_answer(draft)) return;
  const auto grams = command.args.size() == 1 ? whole_number(command.args[0]) : std::nullopt;
  if (!grams || *grams < 1 || *grams > 1'000'000)
    return draft.refuse(AlertCode::bad_command, {{"reason", "/weight GRAMS"}});
  const auto due = weight_due(*draft.work, draft.policy);
  const bool within = !due || weight_within(*grams, *due, draft.policy);
  draft.add(ParcelWeighed{draft.parcel().id, *grams, within});
  if (!within)
    return draft.alert(AlertCode::weight_mismatch,
                       {{"grams", std::to_string(*grams)}, {"due", std::to_string(*due)}});
  go_on(draft);
}

}  // namespace packbench::station
