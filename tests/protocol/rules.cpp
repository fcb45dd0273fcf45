#include "rules.h"

#include <iterator>

namespace packbench::protocol {
namespace {

constexpr std::string_view kSentences[] = {
    "Never do two labels exist that the bench would take for one parcel, nor more readable ones of "
    "a number than one and those that a person asked for (reprint, or no label in hand).",
    "A parcel is staged only by the scan of its live attempt, and never while its order is held or "
    "after it was cancelled.",
    "What was SENT is never sent again.",
    "Bytes leave only after the SENT record is durable.",
    "An attempt number is never given to two different jobs.",
    "After a crash SENT is print_unknown, INTENT starts over as a new attempt or is given up, and "
    "nothing is owed to the printer.",
    "From every state some truthful steps stage the parcel, or end it where it was cancelled.",
    "A label of an old attempt is refused with stale_label, one of a voided number is refused.",
    "The live label, read by its small code, stages the parcel wherever a label is waited for.",
    "The bytes that leave are those that INTENT recorded.",
    "The host never finds itself without the drawing that it is to send.",
};
static_assert(std::size(kSentences) == static_cast<std::size_t>(Rule::count_));

constexpr std::string_view kMet[] = {
    "staged",
    "staged by the scan that answers the doubt",
    "staged before the printer said so",
    "staged on a later attempt",
    "staged while an old label lies about",
    "staged under a new number after a void",
    "an old label refused as stale",
    "an old label refused as stale before there was a new one",
    "an old label destroyed as told",
    "a label of a voided number refused",
    "doubt answered with yes",
    "doubt answered with no",
    "printed again because of a no",
    "reprinted by the packer",
    "third label by a supervisor",
    "a waiting job stopped by the packer",
    "a waiting job stopped by a cancellation",
    "printed after a rejection",
    "went on by itself when the printer was well",
    "written anew for another printer that was met when asked",
    "written anew for another printer that was met when sending",
    "printed late, after a no",
    "SENT became doubt at a start",
    "INTENT started over",
    "a request drawn again at a start",
    "a hold kept a label from being sent",
    "a cancellation kept a label from being sent",
    "cancelled while the program was down",
    "resumed from the shelf",
    "given up",
};
static_assert(std::size(kMet) == static_cast<std::size_t>(Met::count_));

}  // namespace

std::string_view sentence(Rule rule) {
  return kSentences[static_cast<std::size_t>(rule)];
}

std::string_view words(Met met) {
  return kMet[static_cast<std::size_t>(met)];
}

}  // namespace packbench::protocol
