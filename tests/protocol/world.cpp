#include "world.h"

#include <cstring>
#include <utility>

#include "base/check.h"

namespace packbench::protocol {
namespace {

struct Words {
  Move move;
  const char* text;  // # stands for the label, named by its attempt
};
constexpr Words kWords[] = {
    {Move::begin, "an order of one item lies open"},
    {Move::draws, "the worker draws label #"},
    {Move::cannot_draw, "the worker cannot draw label #"},
    {Move::says_ready, "the printer says it is ready for label #"},
    {Move::says_ready_wrongly, "the printer, out of paper, says it is ready for label #"},
    {Move::says_not_ready, "the printer says it cannot take label #"},
    {Move::is_silent_when_asked, "the printer gives no answer when asked about label #"},
    {Move::says_other_language, "another printer stands in that label # is not written for"},
    {Move::starts_to_send, "the worker begins to send label #"},
    {Move::takes_all, "the printer takes all bytes of label #"},
    {Move::takes_part, "the printer takes a part of label # and falls silent"},
    {Move::takes_nothing, "the printer takes no byte of label # and is silent: rejected"},
    {Move::stops_before, "the job of label # is stopped before its first byte: rejected"},
    {Move::stops_within, "the job of label # is stopped after a part of it: unknown"},
    {Move::gone_before, "the printer is gone before a byte of label # was handed over: rejected"},
    {Move::gone_within, "the printer is gone in the midst of label #: unknown"},
    {Move::says_printed, "label # counts as printed: all bytes were taken, no complaint"},
    {Move::says_nothing_more, "nobody can tell what became of label #: unknown"},
    {Move::takes_message, "the bench decides, commits and acts on what came back for label #"},
    {Move::acts_first, "the bench acts on what came back for label # before it commits"},
    {Move::commits_after, "the bench commits what it has done for label #"},
    {Move::label_comes_out, "label # comes out of the printer"},
    {Move::label_unreadable, "label # comes out unreadable"},
    {Move::memory_lost, "the printer forgets what it holds"},
    {Move::paper_ends_within, "the paper ends at label #, which is readable all the same"},
    {Move::paper_ends_within_torn, "the paper ends in the midst of label #, which is unreadable"},
    {Move::unplugged, "the printer is unplugged and keeps what it holds"},
    {Move::switched_off, "the printer is switched off and forgets what it holds"},
    {Move::plugged_in, "the printer is plugged in again"},
    {Move::paper_ends, "the paper is out"},
    {Move::mended, "paper is put in"},
    {Move::other_printer, "a printer of another language takes its place"},
    {Move::hears_well, "the bench hears that the printer is well"},
    {Move::hears_ill, "the bench hears that the printer is not well"},
    {Move::scans_item, "the packer scans the item"},
    {Move::scans_order, "the packer scans the parked order"},
    {Move::scans_bar_code, "the packer scans the bar code of label #"},
    {Move::scans_small_code, "the packer scans the small code of label #"},
    {Move::scans_and_destroys, "the packer scans old label # and destroys it as told"},
    {Move::spoils, "label # is spoilt in the packer's hand"},
    {Move::answers_yes, "the packer says that a readable label is there"},
    {Move::answers_no, "the packer says that no readable label is there"},
    {Move::stops_waiting, "the packer waits for label # no longer"},
    {Move::asks_reprint, "a reprint is asked for, of a supervisor where the packer may not"},
    {Move::voids, "the packer voids the label"},
    {Move::prints, "the packer says print"},
    {Move::abandons, "the packer gives the order up"},
    {Move::parks, "the packer parks the order"},
    {Move::held, "the order is put on hold"},
    {Move::released, "the hold is taken back"},
    {Move::cancelled, "the order is cancelled"},
    {Move::crash, "the power goes"},
    {Move::restart, "the bench starts again"},
};

constexpr bool words_in_order() {
  for (std::size_t i = 0; i < std::size(kWords); ++i) {
    if (static_cast<std::size_t>(kWords[i].move) != i) return false;
  }
  return std::size(kWords) == static_cast<std::size_t>(Move::restart) + 1;
}
static_assert(words_in_order(), "a row's place is its move's number");

}  // namespace

bool State::operator==(const State& other) const {
  return std::memcmp(this, &other, sizeof(State)) == 0;
}

std::string in_words(Step step) {
  std::string text = kWords[static_cast<std::size_t>(step.move)].text;
  const std::size_t place = text.find('#');
  if (place != std::string::npos) text.replace(place, 1, std::to_string(step.attempt));
  return text;
}

}  // namespace packbench::protocol
