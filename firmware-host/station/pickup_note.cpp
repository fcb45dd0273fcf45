// The note that a carrier should be asked to come once more.
#include "base/money_text.h"
#include "base/time_text.h"
#include "domain/pickups.h"
#include "station/view.h"

namespace packbench::station {
namespace {

// "20:00", or with its day where that is not today.
std::string clock_text(Instant time, Instant now, const std::string& zone) {
  const char* day = "%m-%d";
  const bool today = format_local(time, zone, day) == format_local(now, zone, day);
  return format_local(time, zone, today ? "%H:%M" : "%m-%d %H:%M");
}

std::string saved_text(const ExtraPickup& pickup) {
  std::string text;
  for (const Money& saved : saved_by(pickup))
    text += (text.empty() ? "" : " + ") + saved.currency + " " + format_money(saved);
  return text;
}

std::string parcels_en(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " parcel" : " parcels");
}

// Nothing but its wait is known to be lost.
NoteView missed_note(const ExtraPickup& pickup, Instant now, const std::string& zone) {
  const auto count = static_cast<std::int64_t>(pickup.parcels.size());
  const std::string visit = clock_text(*pickup.missed_visit, now, zone);
  NoteView note{
      "extra_pickup",
      {pickup.carrier + " " + visit + " 没来：" + std::to_string(count) + " 箱在等",
       pickup.carrier + " did not come at " + visit + ", " + parcels_en(count) + " left waiting"},
      {"叫快递加揽一次", "Call an extra pickup"}};
  if (!pickup.next_visit) return note;
  const std::string next = clock_text(*pickup.next_visit, now, zone);
  note.next.zh += "，或等 " + next + " 的那班";
  note.next.en += ", or wait for the visit at " + next;
  return note;
}

}  // namespace

NoteView pickup_note(const ExtraPickup& pickup, Instant now, const std::string& zone) {
  if (pickup.missed_visit && pickup.at_risk + pickup.late == 0)
    return missed_note(pickup, now, zone);
  NoteView note{"extra_pickup", {}, {"叫快递加揽一次", "Call an extra pickup"}};
  if (pickup.at_risk == 0) {
    note.text = {pickup.carrier + "：" + std::to_string(pickup.late) + " 箱过了发货期限还没揽走",
                 pickup.carrier + ": " + parcels_en(pickup.late) + " late and not collected"};
    return note;
  }
  const std::string due = clock_text(*pickup.ship_by, now, zone);
  note.text = {
      pickup.carrier + "：" + std::to_string(pickup.at_risk) + " 箱赶不上期限（最早 " + due + "）",
      pickup.carrier + ": " + parcels_en(pickup.at_risk) + " would be late (first due " + due +
          ")"};
  const std::string saved = saved_text(pickup);
  if (saved.empty()) return note;
  note.text.zh += "，能省 " + saved;
  note.text.en += ", " + saved + " at risk";
  return note;
}

}  // namespace packbench::station
