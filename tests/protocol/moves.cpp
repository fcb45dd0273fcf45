#include "moves.h"

#include <utility>

#include "base/check.h"

namespace packbench::protocol {
namespace {

using station::PrintState;

// What no longer matters is put back, so that states which differ in nothing else are one.
void tidy(State& state, const Sight& sight) {
  World& w = state.world;
  Byte printing = 0;
  for (const Job& job : w.jobs) printing = job.work == Work::print ? job.attempt : printing;
  std::array<bool, Bench::kNumbers + 1> used{};
  used[sight.number] = true;
  for (Byte n = 1; n <= Bench::kAttempts; ++n) {
    if (has(w.memory, n) || has(w.hand, n) || n == printing)
      used[w.number_of[n]] = true;
    else
      w.number_of[n] = 0;
  }
  for (std::size_t number = 0; number < used.size(); ++number)
    if (!used[number]) w.due[number] = 0;
  w.twice &= w.hand;
  if (w.stopped != printing) w.stopped = 0;
  if (w.sending != printing) w.sending = 0;
  if (w.stage != Stage::intent && w.stage != Stage::sent) w.intent_language = For::this_printer;
  if (!sight.open() && w.down == 0) {
    w.troubles = w.crashes = w.well_news = 0;
    w.order = OrderIs::paid;
  }
}

// What was written for the printer that was there is now for the other one.
void turn_languages(World& w) {
  w.drawn.language = w.drawn.made != 0 ? other(w.drawn.language) : w.drawn.language;
  for (Job& job : w.jobs) {
    if (job.work == Work::print) job.language = other(job.language);
  }
  for (Message& message : w.inbox) {
    if (message.said == Said::label_drawn) message.language = other(message.language);
  }
  w.intent_language = other(w.intent_language);
}

class Branches {
 public:
  Branches(Bench& bench, Mutation mutation, const State& from)
      : bench_(bench), mutation_(mutation), from_(from), sight_(bench.look(from.station)) {}

  void all();
  std::vector<Branch> out;

 private:
  void worker();
  void draw_job(Byte attempt);
  void ask_job(Byte attempt);
  void print_job(Byte attempt);
  void waited_for(Byte attempt);
  void taken(Byte attempt);
  void messages();
  void printer();
  void label_in_printer(Byte attempt);
  void packer();
  void answers();
  void commands();
  void paper();
  void outside();

  // A step that needs nothing to go wrong.
  template <class Change>
  void can(Move move, Byte attempt, Change change) {
    add({move, attempt}, change, false);
  }
  // One that does, or that nobody needs; a state has only so many of them left.
  template <class Change>
  void may(Move move, Byte attempt, Change change) {
    if (from_.world.troubles > 0) add({move, attempt}, change, true);
  }
  template <class Change>
  void can_or_may(bool free, Move move, Byte attempt, Change change) {
    free ? can(move, attempt, change) : may(move, attempt, change);
  }
  template <class Change>
  void add(Step step, Change change, bool trouble) {
    Turn turn(bench_, mutation_, from_);
    change(turn);
    tidy(turn.to, turn.sight());
    if (turn.to == from_ && turn.broken == 0) {
      if (turn.met != 0) out.push_back({from_, step, true, 0, turn.met});
      return;
    }
    if (trouble) {
      turn.to.world.troubles = static_cast<Byte>(from_.world.troubles - 1);
      tidy(turn.to, turn.sight());
    }
    out.push_back({turn.to, step, trouble, turn.broken, turn.met});
  }
  void says(Move move, Byte attempt, Said said, bool free) {
    const Answer& answer = bench_.tell(from_.station, {said, 0, 0}, {w_.order, w_.numbers});
    if (answer.station == from_.station && answer.effects.empty()) return;
    can_or_may(free, move, attempt, [said](Turn& t) { t.tell({said, 0, 0}); });
  }

  Bench& bench_;
  const Mutation mutation_;
  const State& from_;
  const World& w_ = from_.world;
  const Sight sight_;
};

void Branches::draw_job(Byte attempt) {
  can(Move::draws, attempt, [](Turn& t) { t.draw(true); });
  may(Move::cannot_draw, attempt, [](Turn& t) { t.draw(false); });
}

void Branches::ask_job(Byte attempt) {
  const auto answer = [&](Move move, Said said, bool free) {
    can_or_may(free, move, attempt, [said](Turn& t) { t.answer_asked(said); });
  };
  if (w_.plugged == 0) return answer(Move::says_not_ready, Said::printer_not_ready, true);
  if (w_.drawn.language != For::this_printer)
    answer(Move::says_other_language, Said::other_printer_asked, true);
  if (w_.paper == 0) {
    answer(Move::says_not_ready, Said::printer_not_ready, true);
    answer(Move::says_ready_wrongly, Said::printer_ready, false);
    return;
  }
  answer(Move::says_ready, Said::printer_ready, true);
  // A printer that has turned a job away and is well says so the next time it is asked.
  may(Move::is_silent_when_asked, attempt, [](Turn& t) {
    t.answer_asked(Said::printer_not_ready);
    t.world().well_news = 1;
  });
}

// No byte has left: the printer is waited for as long as it lives.
void Branches::waited_for(Byte attempt) {
  const auto end = [&](Move move, Said said, bool free) {
    can_or_may(free, move, attempt, [said](Turn& t) { t.end_job(said); });
  };
  if (w_.stopped == attempt) {
    end(Move::stops_before, Said::print_rejected_stopped, true);
    end(Move::stops_within, Said::print_unknown, true);
  }
  if (w_.plugged == 0) {
    end(Move::gone_before, Said::print_rejected, true);
    end(Move::gone_within, Said::print_unknown, true);
    return;
  }
  can(Move::takes_all, attempt, [](Turn& t) { t.take_all(); });
  end(Move::takes_part, Said::print_unknown, false);
  may(Move::takes_nothing, attempt, [](Turn& t) {
    t.end_job(Said::print_rejected);
    if (t.world().well()) t.world().well_news = 1;
  });
}

// All bytes have left; a printer that tells nothing counts as having printed.
void Branches::taken(Byte attempt) {
  can(Move::says_printed, attempt, [](Turn& t) { t.end_job(Said::print_done); });
  can_or_may(!w_.well() || w_.stopped == attempt, Move::says_nothing_more, attempt,
             [](Turn& t) { t.end_job(Said::print_unknown); });
}

void Branches::print_job(Byte attempt) {
  if (w_.taken == 0)
    can(Move::starts_to_send, attempt, [](Turn& t) { t.begin_to_send(); });
  else if (w_.taken == 1)
    waited_for(attempt);
  else
    taken(attempt);
}

void Branches::worker() {
  const Job& job = w_.jobs.front();
  if (job.work == Work::draw) draw_job(job.attempt);
  if (job.work == Work::ask) ask_job(job.attempt);
  if (job.work == Work::print) print_job(job.attempt);
}

void Branches::messages() {
  const Message& message = w_.inbox.front();
  if (message.said == Said::started) return;
  if (w_.acted != 0)
    return can(Move::commits_after, message.attempt, [](Turn& t) { t.commit_after(); });
  if (mutation_ == Mutation::act_before_commit && message.said == Said::printer_ready)
    return can(Move::acts_first, message.attempt, [](Turn& t) { t.act_first(); });
  can(Move::takes_message, message.attempt, [](Turn& t) { t.take_message(); });
}

void Branches::label_in_printer(Byte attempt) {
  const auto drop = [attempt](Turn& t) {
    t.world().memory &= static_cast<Attempts>(~bit(attempt));
  };
  // With ^JZN a label that met an error is not printed again; without it, it is.
  const bool again = mutation_ == Mutation::printer_reprints;
  const auto keep = [attempt, again](Turn& t) {
    t.world().paper = 0;
    if (again) t.world().memory |= bit(attempt);
  };
  can(Move::label_comes_out, attempt, [attempt](Turn& t) { t.come_out(attempt); });
  may(Move::label_unreadable, attempt, drop);
  may(Move::paper_ends_within, attempt, [=](Turn& t) {
    t.come_out(attempt);
    keep(t);
  });
  may(Move::paper_ends_within_torn, attempt, [=](Turn& t) {
    drop(t);
    keep(t);
  });
}

void Branches::printer() {
  // What a spooler holds comes out only of a printer that is there and has been given it.
  const bool spooled = mutation_ == Mutation::spooler;
  for (Byte n = 1; n <= Bench::kAttempts; ++n) {
    const bool waits = spooled && (w_.plugged == 0 || (w_.taken == 1 && w_.jobs[0].attempt == n));
    if (has(w_.memory, n) && w_.paper != 0 && !waits) label_in_printer(n);
  }
  if (w_.memory != 0) may(Move::memory_lost, 0, [](Turn& t) { t.world().memory = 0; });
  const auto leave = [](Turn& t) { t.world().plugged = 0; };
  const auto return_well = [](Turn& t) {
    if (t.world().well()) t.world().well_news = 1;
  };
  if (w_.plugged != 0) {
    may(Move::unplugged, 0, leave);
    if (w_.memory != 0)
      may(Move::switched_off, 0, [=](Turn& t) {
        leave(t);
        t.world().memory = 0;
      });
    may(Move::other_printer, 0, [=](Turn& t) {
      turn_languages(t.world());
      return_well(t);
    });
  } else {
    can(Move::plugged_in, 0, [=](Turn& t) {
      t.world().plugged = 1;
      return_well(t);
    });
  }
  if (w_.paper != 0)
    may(Move::paper_ends, 0, [](Turn& t) { t.world().paper = 0; });
  else
    can(Move::mended, 0, [=](Turn& t) {
      t.world().paper = 1;
      return_well(t);
    });
}

// Whoever has paper in hand can scan it, spoil it, or destroy it when told to.
void Branches::paper() {
  for (Byte n = 1; n <= Bench::kAttempts; ++n) {
    if (!has(w_.hand, n)) continue;
    if (sight_.working) {
      can(Move::scans_bar_code, n, [n](Turn& t) { t.scan_label(n, false); });
      if (!bench_.is_supplied())
        can(Move::scans_small_code, n, [n](Turn& t) { t.scan_label(n, true); });
    }
    if (sight_.working && n != sight_.attempt && !bench_.is_supplied())
      can(Move::scans_and_destroys, n, [n](Turn& t) { t.scan_and_destroy(n); });
    if (sight_.open())
      may(Move::spoils, n, [n](Turn& t) { t.world().hand &= static_cast<Attempts>(~bit(n)); });
  }
}

// The packer tells the truth: no, while no label of this attempt is in hand; yes, while any is.
void Branches::answers() {
  const bool in_hand = has(w_.hand, sight_.attempt);
  const bool asked = sight_.label == PrintState::unknown;
  if (w_.hand != 0) says(Move::answers_yes, sight_.attempt, Said::printed_yes, asked);
  if (in_hand) return;
  if (sight_.label != PrintState::sent)
    return says(Move::answers_no, sight_.attempt, Said::printed_no, asked);
  may(Move::stops_waiting, sight_.attempt, [](Turn& t) {
    t.tell({Said::printed_no, 0, 0});
    t.met |= t.world().stopped != 0 ? of(Met::stopped_by_packer) : 0;
  });
}

// What anybody can say at any time; where it is not called for the bench has to refuse it.
void Branches::commands() {
  const bool lost = sight_.label == PrintState::printed && !has(w_.hand, sight_.attempt) &&
                    !has(w_.memory, sight_.attempt);
  can_or_may(lost, Move::asks_reprint, 0, [](Turn& t) { t.reprint(); });
  if (w_.numbers < Bench::kNumbers) says(Move::voids, sight_.attempt, Said::void_label, false);
  says(Move::prints, sight_.attempt, Said::print, w_.well());
  says(Move::abandons, 0, Said::abandon, sight_.stopped);
  if (!sight_.stopped) says(Move::parks, 0, Said::park, false);
}

void Branches::packer() {
  if (sight_.parked) says(Move::scans_order, 0, Said::order_scanned, true);
  if (!sight_.working) return;
  says(Move::scans_item, 0, Said::item_scanned, true);
  answers();
  commands();
}

void Branches::outside() {
  const bool busy = w_.acted != 0 || w_.row != Said::started;
  if (!sight_.open() || busy || w_.order == OrderIs::cancelled) return;
  if (w_.order == OrderIs::held)
    can(Move::released, 0, [](Turn& t) { t.row(OrderIs::paid); });
  else
    may(Move::held, 0, [](Turn& t) { t.row(OrderIs::held); });
  may(Move::cancelled, 0, [](Turn& t) { t.row(OrderIs::cancelled); });
}

void Branches::all() {
  printer();
  outside();
  if (w_.down != 0) return can(Move::restart, 0, [](Turn& t) { t.restart(); });
  worker();
  messages();
  // Nothing else is decided while a decision is half done.
  if (w_.acted == 0) {
    if (w_.well_news != 0)
      can(Move::hears_well, 0, [](Turn& t) {
        t.world().well_news = 0;
        t.tell({Said::printer_well, 0, 0});
      });
    // Late, twice, or of the other printer: it must make no difference, so it may come at any time.
    says(Move::hears_ill, 0, Said::printer_ill, true);
    packer();
    paper();
  }
  if (w_.crashes > 0) {
    Turn turn(bench_, mutation_, from_);
    turn.crash();
    --turn.to.world.crashes;
    tidy(turn.to, turn.sight());
    out.push_back({turn.to, {Move::crash, 0}, true, turn.broken, turn.met});
  }
}

}  // namespace

std::vector<Branch> moves(Bench& bench, Mutation mutation, const State& from) {
  Branches branches(bench, mutation, from);
  branches.all();
  return std::move(branches.out);
}

}  // namespace packbench::protocol
