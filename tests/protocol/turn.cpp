#include "turn.h"

#include <algorithm>

#include "base/check.h"

namespace packbench::protocol {
namespace {

using namespace station;

template <class T>
const T* find(const Answer& answer) {
  for (const Payload& payload : answer.records) {
    if (const T* found = std::get_if<T>(&payload)) return found;
  }
  return nullptr;
}

bool on_bench(PrintState state) {
  return state == PrintState::printed || state == PrintState::unknown;
}

Byte as_byte(int attempt) {
  CHECK(attempt >= 0 && attempt <= Bench::kAttempts);
  return static_cast<Byte>(attempt);
}

}  // namespace

void Turn::push(Job job) {
  for (Job& place : to.world.jobs) {
    if (place.work != Work::none) continue;
    place = job;
    return;
  }
  CHECK(false && "the worker has more to do than a bench can owe");
}

void Turn::post(Message message) {
  for (Message& place : to.world.inbox) {
    if (place.said != Said::started) continue;
    place = message;
    return;
  }
  CHECK(false && "more has come back than was asked for");
}

void Turn::pop_job() {
  auto& jobs = to.world.jobs;
  std::move(jobs.begin() + 1, jobs.end(), jobs.begin());
  jobs.back() = Job{};
}

void Turn::pop_message() {
  auto& inbox = to.world.inbox;
  std::move(inbox.begin() + 1, inbox.end(), inbox.begin());
  inbox.back() = Message{};
}

// The rules that a record alone can break, and what the catalog's answers follow from.
void Turn::note(const Payload& record, Said said) {
  World& w = to.world;
  if (std::holds_alternative<WaybillAssigned>(record)) {
    ++w.numbers;
    w.due[w.numbers] = 1;
  } else if (const auto* requested = std::get_if<PrintRequested>(&record)) {
    break_if(requested->attempt <= w.requested, Rule::attempt_reused);
    w.requested = std::max(w.requested, as_byte(requested->attempt));
    w.stage = Stage::requested;
    if (said == Said::reprint) ++w.due[sight().number];
    meet_if(requested->reason == "printer_ready", Met::went_on_by_itself);
    const bool asked = said == Said::other_printer_asked;
    meet_if(asked, Met::written_anew_when_asked);
    meet_if(said == Said::print_rejected_other, Met::written_anew_when_turned_away);
    meet_if(requested->reason == "answered_no", Met::printed_after_no);
    meet_if(requested->reason == "printer_fault", Met::printed_after_rejection);
  } else if (const auto* intent = std::get_if<LabelIntent>(&record)) {
    break_if(intent->attempt != w.requested || w.stage != Stage::requested, Rule::attempt_reused);
    w.stage = Stage::intent;
  } else if (const auto* sent = std::get_if<LabelSent>(&record)) {
    break_if(sent->attempt != w.requested || w.stage >= Stage::sent, Rule::sent_twice);
    w.stage = std::max(w.stage, Stage::sent);
    w.number_of[as_byte(sent->attempt)] = sight().number;
  } else if (const auto* answered = std::get_if<LabelAnswered>(&record)) {
    if (!answered->printed) ++w.due[sight().number];
    meet_if(answered->printed, Met::answered_yes);
    meet_if(!answered->printed, Met::answered_no);
  } else if (const auto* rejected = std::get_if<LabelRejected>(&record)) {
    meet_if(rejected->code == "order_on_hold", Met::held_before_printing);
    meet_if(rejected->code == "order_cancelled", Met::cancelled_before_printing);
  } else {
    meet_if(std::holds_alternative<WorkResumed>(record), Met::resumed_from_the_shelf);
    meet_if(std::holds_alternative<WorkAbandoned>(record), Met::given_up);
  }
}

void Turn::commit(const Answer& answer, const Message* message) {
  if (answer.records.empty()) return;
  World& w = to.world;
  const Said said = message != nullptr ? message->said : Said::started;
  if (mutation_ == Mutation::last_commit_lost) {
    to.before = to.station;
    w.numbers_before = w.numbers;
  }
  for (const Payload& record : answer.records) note(record, said);
  if (find<LabelIntent>(answer) != nullptr) w.intent_language = message->language;
  to.station = answer.station;
}

const Answer& Turn::tell(Input input) {
  const Answer& answer = bench_.tell(to.station, input, known());
  const Message message{input.said, input.attempt, For::this_printer};
  commit(answer, &message);
  act(answer.effects);
  return answer;
}

void Turn::act(const std::vector<Effect>& effects) {
  World& w = to.world;
  for (const Effect& effect : effects) {
    if (const auto* draw = std::get_if<RenderLabel>(&effect)) {
      for (Job& job : w.jobs) job.orphan = job.work == Work::draw ? 1 : 0;
      w.drawn = {as_byte(draw->attempt), 0, For::this_printer};
      push({Work::draw, w.drawn.attempt, For::this_printer, 0});
    } else if (const auto* ask = std::get_if<AskPrinter>(&effect)) {
      push({Work::ask, as_byte(ask->attempt), For::this_printer, 0});
    } else if (const auto* sends = std::get_if<SendLabel>(&effect)) {
      send(as_byte(sends->attempt));
    } else if (std::holds_alternative<StopPrinting>(effect)) {
      w.stopped = w.sending;
    } else {
      // Numbers are counted and given back beside the labels.
      CHECK(std::holds_alternative<WriteReturn>(effect) ||
            std::holds_alternative<CountRange>(effect));
    }
  }
}

void Turn::send(Byte attempt) {
  World& w = to.world;
  const bool there = w.drawn.made != 0 && w.drawn.attempt == attempt;
  break_if(!there, Rule::host_would_stop);
  push({Work::print, attempt, w.drawn.language, 0});
  w.drawn = {};
  w.sending = attempt;
}

void Turn::take_message() {
  const Message message = to.world.inbox.front();
  pop_message();
  const bool unrecorded = message.said >= Said::print_done && message.said <= Said::print_unknown &&
                          sight().label == PrintState::intent;
  if (mutation_ == Mutation::resend_from_intent && unrecorded)
    to.station = bench_.fold(to.station, {LabelSent{Bench::parcel(), message.attempt}});
  const Answer& answer = bench_.tell(to.station, {message.said, message.attempt, 0}, known());
  commit(answer, &message);
  act(answer.effects);
}

void Turn::act_first() {
  const Message& message = to.world.inbox.front();
  to.world.acted = 1;
  act(bench_.tell(to.station, {message.said, message.attempt, 0}, known()).effects);
}

void Turn::commit_after() {
  const Message message = to.world.inbox.front();
  pop_message();
  to.world.acted = 0;
  commit(bench_.tell(to.station, {message.said, message.attempt, 0}, known()), &message);
}

void Turn::crash() {
  World& w = to.world;
  if (mutation_ == Mutation::last_commit_lost) {
    to.station = to.before;
    w.numbers = w.numbers_before;
  }
  w.down = 1;
  w.jobs = {};
  w.inbox = {};
  // The bytes of an INTENT would have to be kept somewhere for a restart to send them again.
  if (mutation_ != Mutation::resend_from_intent) w.drawn = {};
  w.acted = w.sending = w.taken = w.stopped = w.well_news = 0;
}

void Turn::restart() {
  World& w = to.world;
  w.down = 0;
  if (w.row != Said::started) {
    const Said said = w.row;
    w.row = Said::started;
    tell({said, 0, 0});
    if (mutation_ != Mutation::feed_acted_at_start) w.jobs = {};
  }
  const Sight before = sight();
  if (mutation_ == Mutation::resend_from_intent && before.label == PrintState::intent) {
    send(before.attempt);
  } else {
    if (mutation_ != Mutation::doubt_forgotten) tell({Said::started, 0, 0});
    act(bench_.owed(to.station));
    check_restart(before);
  }
  // The devices are found anew and tell how they are.
  w.well_news = w.well() ? 1 : 0;
}

void Turn::check_restart(const Sight& before) {
  const Sight& after = sight();
  bool right = true;
  if (before.label == PrintState::sent) right = after.label == PrintState::unknown;
  if (before.label == PrintState::intent) {
    const bool over = after.label == PrintState::requested && after.attempt > before.attempt;
    right = over || after.label == PrintState::rejected;
    meet_if(over, Met::intent_started_over);
  }
  for (const Effect& effect : bench_.owed(to.station))
    right = right && std::holds_alternative<RenderLabel>(effect);
  break_if(!right, Rule::wrong_after_crash);
  meet_if(before.label == PrintState::sent && right, Met::doubt_after_crash);
  meet_if(before.label == PrintState::requested, Met::request_drawn_again);
}

void Turn::draw(bool possible) {
  World& w = to.world;
  const Job job = w.jobs.front();
  pop_job();
  if (possible && job.orphan == 0) w.drawn = {job.attempt, 1, For::this_printer};
  post({possible ? Said::label_drawn : Said::label_undrawable, job.attempt, For::this_printer});
}

void Turn::answer_asked(Said said) {
  const Job job = to.world.jobs.front();
  pop_job();
  post({said, job.attempt, For::this_printer});
}

// A driver turns a job away at once, without a byte of it, or waits for the printer to take it.
void Turn::begin_to_send() {
  World& w = to.world;
  const Job job = w.jobs.front();
  w.taken = 1;
  if (job.language != For::this_printer) return end_job(Said::print_rejected_other);
  if (mutation_ == Mutation::spooler)
    w.memory |= bit(job.attempt);
  else if (w.plugged == 0)
    return end_job(Said::print_rejected);
  else if (w.stopped == job.attempt)
    return end_job(Said::print_rejected_stopped);
  break_if(w.stage < Stage::sent, Rule::sent_unrecorded);
  break_if(job.attempt != w.requested || w.stage == Stage::begun, Rule::sent_twice);
  break_if(job.language != w.intent_language, Rule::not_as_recorded);
  w.stage = Stage::begun;
  if (w.number_of[job.attempt] == 0) w.number_of[job.attempt] = sight().number;
}

void Turn::take_all() {
  // A spooler has had them from the beginning.
  if (mutation_ != Mutation::spooler) to.world.memory |= bit(to.world.jobs.front().attempt);
  to.world.taken = 2;
}

void Turn::end_job(Said said) {
  World& w = to.world;
  const Job job = w.jobs.front();
  pop_job();
  w.taken = 0;
  post({said, job.attempt, For::this_printer});
}

void Turn::come_out(Byte attempt) {
  World& w = to.world;
  w.memory &= static_cast<Attempts>(~bit(attempt));
  if (has(w.hand, attempt)) w.twice |= bit(attempt);
  w.hand |= bit(attempt);
  Byte& due = w.due[w.number_of[attempt]];
  break_if(due == 0, Rule::two_labels);
  if (due > 0) --due;
  const bool later = sight().open() && attempt < sight().attempt;
  meet_if(later && w.number_of[attempt] == sight().number, Met::printed_late_after_no);
}

Input Turn::label_scan(Byte attempt, bool small_code) const {
  const Byte number = to.world.number_of[attempt];
  if (mutation_ == Mutation::old_attempt_drawn && small_code)
    return {Said::small_code_scanned, 1, number};
  // Without an attempt on it a label's code says of every copy that it is the one.
  if (mutation_ == Mutation::no_attempt_number)
    return {Said::small_code_scanned, sight().attempt, number};
  return {small_code ? Said::small_code_scanned : Said::bar_code_scanned,
          small_code ? attempt : Byte{0}, number};
}

void Turn::scan_label(Byte attempt, bool small_code) {
  const Sight before = sight();
  const Answer& answer = tell(label_scan(attempt, small_code));
  check_scan(attempt, small_code, answer, before);
}

void Turn::scan_and_destroy(Byte attempt) {
  if (tell(label_scan(attempt, true)).alert != AlertCode::stale_label) return;
  to.world.hand &= static_cast<Attempts>(~bit(attempt));
  met |= of(Met::old_label_destroyed);
}

void Turn::check_scan(Byte attempt, bool small_code, const Answer& answer, const Sight& before) {
  World& w = to.world;
  const bool staged = find<ParcelStaged>(answer) != nullptr;
  const bool same_number = w.number_of[attempt] == before.number;
  const bool live = same_number && attempt == before.attempt;
  const bool wanted = !before.stopped && w.order == OrderIs::paid;
  break_if(staged && !(live && wanted && w.stage >= Stage::sent), Rule::dead_attempt_staged);
  const bool waits = before.label == PrintState::sent || on_bench(before.label);
  // Nothing is under way: what lies about is no longer what it was.
  const bool given_up =
      before.label == PrintState::rejected || before.label == PrintState::answered_no;
  break_if(live && small_code && waits && wanted && !staged, Rule::live_label_refused);
  if (((!live && waits) || given_up) && !before.stopped) {
    const bool stale = answer.alert == AlertCode::stale_label;
    break_if(answer.accepted || (same_number && !stale), Rule::old_label_taken);
    meet_if(same_number && small_code, Met::old_label_refused);
    meet_if(same_number && given_up, Met::old_label_refused_without_a_new_one);
    meet_if(!same_number, Met::voided_label_refused);
  }
  if (!staged) return;
  meet_if(true, Met::staged);
  meet_if(before.label == PrintState::unknown, Met::staged_in_doubt);
  meet_if(before.label == PrintState::sent, Met::staged_before_the_printer_said_so);
  meet_if(before.attempt > 1, Met::staged_on_a_later_attempt);
  meet_if(before.number > 1, Met::staged_after_void);
  meet_if((w.hand & ~bit(attempt)) != 0, Met::staged_while_an_old_label_lies_about);
}

void Turn::reprint() {
  const Answer& answer = tell({Said::reprint, 0, 0});
  meet_if(answer.accepted, Met::reprinted);
  if (answer.alert == AlertCode::not_permitted) supervisor_reprints();
}

void Turn::supervisor_reprints() {
  tell({Said::supervisor_signs_in, 0, 0});
  meet_if(tell({Said::reprint, 0, 0}).accepted, Met::reprinted_by_supervisor);
  tell({Said::packer_signs_in, 0, 0});
}

void Turn::row(OrderIs status) {
  World& w = to.world;
  w.order = status;
  const Said said = status == OrderIs::paid   ? Said::row_paid
                    : status == OrderIs::held ? Said::row_held
                                              : Said::row_cancelled;
  if (w.down != 0) {
    w.row = said;
    meet_if(said == Said::row_cancelled, Met::cancelled_while_down);
    return;
  }
  const Answer& answer = tell({said, 0, 0});
  meet_if(said == Said::row_cancelled && !answer.effects.empty(), Met::stopped_by_cancellation);
}

int labels_that_count(Bench& bench, Mutation mutation, const State& state) {
  const World& w = state.world;
  // Supplied labels of a number are all the same; how many there may be is counted as they come
  // out.
  if (bench.is_supplied()) return 0;
  const bool one_at_most = w.twice == 0 && (w.hand & (w.hand - 1)) == 0;
  if (one_at_most || w.down != 0 || !bench.look(state.station).working) return 0;
  int count = 0;
  for (Byte attempt = 1; attempt <= Bench::kAttempts; ++attempt) {
    if (!has(w.hand, attempt)) continue;
    bool counts = false;
    for (const bool small_code : {false, true}) {
      Turn turn(bench, mutation, state);
      turn.scan_label(attempt, small_code);
      counts = counts || (turn.met & of(Met::staged)) != 0;
    }
    count += counts ? (has(w.twice, attempt) ? 2 : 1) : 0;
  }
  return count;
}

}  // namespace packbench::protocol
