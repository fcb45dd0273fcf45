// World: everything around the core that can get between a label and its parcel, as small as it can
// be told: the host's memory, one worker, the printer with what it holds, the paper, the people and
// the outside. Plain bytes, so that two equal states have the same bytes. An attempt stands for its
// label: attempts of a parcel never repeat, which a rule checks.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <type_traits>

#include "bench.h"

namespace packbench::protocol {

// What is left out of the protocol, or none. The first five are design rules; the product has no
// switch for any of them, they are made of the world around the shipped core.
enum class Mutation : Byte {
  none,
  no_attempt_number,   // the label does not say which attempt it is: any copy reads as the live one
  act_before_commit,   // the printer gets its bytes, then SENT is written
  resend_from_intent,  // a restart sends what an INTENT had drawn, under the same attempt
  printer_reprints,    // the printer makes up by itself for a label that an error met (no ^JZN)
  spooler,             // takes every job, says what the printer says, and prints it when it can
  last_commit_lost,    // a crash takes back the last commit
  doubt_forgotten,     // the start after a crash does not record what was left in doubt
  old_attempt_drawn,   // every label says that it is the first attempt
  feed_acted_at_start,  // a start begins what the feed's rows owe, and then all that is owed
};

// A label is written for the printer that is there, or for the one whose place that has taken; only
// whether the two speak the same language counts.
enum class For : Byte { this_printer, other_printer };
constexpr For other(For printer) {
  return printer == For::this_printer ? For::other_printer : For::this_printer;
}

// What the worker is to do, in order.
enum class Work : Byte { none, draw, ask, print };
struct Job {
  Work work = Work::none;
  Byte attempt = 0;
  For language = For::this_printer;  // of the bytes to print
  Byte orphan = 0;                   // a drawing that nobody waits for: another was asked for since
};
struct Message {
  Said said = Said::started;
  Byte attempt = 0;
  For language = For::this_printer;  // of what was drawn
};
// The drawing that the host keeps until it is sent.
struct Drawn {
  Byte attempt = 0;
  Byte made = 0;
  For language = For::this_printer;
};

using Attempts = std::uint16_t;  // a set; bit n: attempt n
constexpr Attempts bit(int attempt) {
  return static_cast<Attempts>(1U << static_cast<unsigned>(attempt));
}
constexpr bool has(Attempts set, int attempt) {
  return (set & bit(attempt)) != 0;
}

// How far an attempt has come: recorded as such, and at last under way to the printer.
enum class Stage : Byte { requested, intent, sent, begun };

struct World {
  static constexpr std::size_t kQueue = 3;

  // Paper and printer.
  Attempts memory = 0;  // labels that the printer has taken wholly and not printed
  Attempts hand = 0;    // readable labels that were printed and not destroyed
  Attempts twice = 0;   // of these, such as exist twice
  Byte plugged = 1;
  Byte paper = 1;
  // Memory of the program, lost in a crash.
  Byte down = 0;
  std::array<Job, kQueue> jobs{};
  std::array<Message, kQueue> inbox{};
  Byte acted = 0;  // the first message's effects are under way and its records not written
  Drawn drawn;
  Byte sending = 0;  // the job that went to the printer last
  Byte taken = 0;    // of the job under way: 1 the printer is waited for, 2 it has taken all bytes
  Byte stopped = 0;  // the job that nobody waits for any longer
  Byte well_news = 0;  // the printer is well again, and the bench has not heard of it
  // Outside.
  OrderIs order = OrderIs::paid;
  Said row = Said::started;  // what has come in while the program was down
  // The journal as the catalog's questions need it, and for the rules.
  Byte numbers = 0, numbers_before = 0;
  std::array<Byte, Bench::kAttempts + 1> number_of{};  // the waybill of each attempt that is about
  Byte requested = 0;                                  // the newest attempt
  Stage stage = Stage::requested;                      // how far that has come
  For intent_language = For::this_printer;             // in which its INTENT was drawn
  // Readable labels of each number that may come out yet, until somebody asks for one more.
  std::array<Byte, Bench::kNumbers + 1> due{};
  // What may still go wrong.
  Byte troubles = 0, crashes = 0;

  bool well() const { return plugged != 0 && paper != 0; }
};

struct State {
  StationId station = 0;
  StationId before = 0;  // of the last commit, where a crash may lose that
  World world;
  bool operator==(const State& other) const;
};
// Its bytes are its identity, so there may be no gap between them.
static_assert(std::has_unique_object_representations_v<State>);

// One step of somebody or something; `attempt` where it is about one label.
enum class Move : Byte {
  begin,
  draws,
  cannot_draw,
  says_ready,
  says_ready_wrongly,
  says_not_ready,
  is_silent_when_asked,
  says_other_language,
  starts_to_send,
  takes_all,
  takes_part,
  takes_nothing,
  stops_before,
  stops_within,
  gone_before,
  gone_within,
  says_printed,
  says_nothing_more,
  takes_message,
  acts_first,
  commits_after,
  label_comes_out,
  label_unreadable,
  memory_lost,
  paper_ends_within,
  paper_ends_within_torn,
  unplugged,
  switched_off,
  plugged_in,
  paper_ends,
  mended,
  other_printer,
  hears_well,
  hears_ill,
  scans_item,
  scans_order,
  scans_bar_code,
  scans_small_code,
  scans_and_destroys,
  spoils,
  answers_yes,
  answers_no,
  stops_waiting,
  asks_reprint,
  voids,
  prints,
  abandons,
  parks,
  held,
  released,
  cancelled,
  crash,
  restart,
};
struct Step {
  Move move = Move::begin;
  Byte attempt = 0;
};
std::string in_words(Step step);

}  // namespace packbench::protocol
