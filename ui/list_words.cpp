#include "ui/list_words.h"

#include <algorithm>

#include "base/money_text.h"

namespace packbench::ui {
namespace {

std::string named_row(const Frame& frame, const NamedRow& row) {
  return std::string(frame.language() == Language::zh ? row.zh : row.en);
}

std::string money_words(const Money& money) {
  return format_money(money) + " " + money.currency;
}

// "A · B": the parts that there are.
void add_part(std::string& text, const std::string& part) {
  if (part.empty()) return;
  if (!text.empty()) text += " · ";
  text += part;
}

Urgency urgency_of(const Standing& row, const DueWords& due) {
  if (row.ship == ClockState::late || is_anomaly(row.list)) return Urgency::late;
  return row.ship == ClockState::at_risk ? Urgency::at_risk : due.urgency;
}

// What has left goes by its other clocks.
DueWords due_of(const Frame& frame, const Standing& row) {
  const bool here = row.list <= ListName::waiting || row.list == ListName::not_collected;
  return here ? due_words(frame, row.ship_by, row.last_visit) : DueWords{};
}

std::string when(const Frame& frame, Msg msg, Instant time) {
  return frame.say(msg, {frame.time_or_day(time)});
}

// "pickup by 18:00 · SF · …7719 946 · for 3:20 · Hand it over".
RowWords words_of(const Frame& frame, const Standing& row) {
  RowWords words;
  words.title = row.number.empty() ? row.parcel : grouped_waybill(row.number);
  if (row.number.empty() && !row.orders.empty()) words.title = row.orders.front().number;
  if (is_anomaly(row.list)) words.kind = named_row(frame, row_of(row.list));
  if (row.at_risk) words.money = money_words(*row.at_risk);
  const DueWords due = due_of(frame, row);
  add_part(words.detail, due.text);
  if (!row.carrier.empty()) add_part(words.detail, frame.carrier(row.carrier));
  if (!row.number.empty() && !row.orders.empty())
    add_part(words.detail, short_number(row.orders.front().number));
  add_part(words.detail, frame.say(Msg::list_since, {remaining(row.age.length, frame.language())}));
  add_part(words.detail, named_row(frame, row_of(row.next)));
  words.urgency = urgency_of(row, due);
  return words;
}

// "would be late: 10 · late: 2 · first due 23:59 · next visit 11-23 10:00"; what to do is the name
// of the list.
RowWords words_of(const Frame& frame, const ExtraPickup& row) {
  RowWords words;
  const auto count = [&](Msg msg, std::int64_t n) { return frame.say(msg, {std::to_string(n)}); };
  words.title = frame.carrier(row.carrier) + " · " +
                count(Msg::list_parcels, static_cast<std::int64_t>(row.parcels.size()));
  if (row.missed_visit) words.kind = when(frame, Msg::list_missed, *row.missed_visit);
  for (const Money& saved : saved_by(row))
    words.money += (words.money.empty() ? "" : " + ") + money_words(saved);
  if (!words.money.empty()) words.money = frame.say(Msg::list_saves, {words.money});
  if (row.at_risk > 0) add_part(words.detail, count(Msg::list_too_late, row.at_risk));
  if (row.late > 0) add_part(words.detail, count(Msg::list_late, row.late));
  if (row.ship_by) add_part(words.detail, when(frame, Msg::list_first_due, *row.ship_by));
  if (row.next_visit) add_part(words.detail, when(frame, Msg::list_next_visit, *row.next_visit));
  words.urgency = row.late > 0 ? Urgency::late : Urgency::at_risk;
  return words;
}

// "SF · not to 浙江省 (storm) until 11-24 08:00 · Double 11: was 11-24 08:00". A box on the shelf
// is looked for by its waybill; its order is told where one cause leaves room for it.
RowWords words_of(const Frame& frame, const AffectedOrder& row) {
  RowWords words;
  words.title = row.number.empty() ? row.key.number : grouped_waybill(row.number);
  const DueWords due = due_words(frame, row.promise.ship_by, row.last_visit);
  words.kind = due.text;
  words.urgency = due.urgency;
  add_part(words.detail, frame.carrier(row.carrier));
  if (!row.number.empty() && !(row.stop && row.promise.before))
    add_part(words.detail, short_number(row.key.number));
  if (!row.stop) add_part(words.detail, row.province);
  if (row.stop) {
    const Msg msg = row.stop->perhaps ? Msg::list_perhaps_stopped : Msg::list_stopped;
    add_part(words.detail, frame.say(msg, {region_text(row.stop->stop),
                                           frame.time_or_day(row.stop->stop.span.to)}));
    words.urgency = std::max(due.urgency, Urgency::at_risk);
  }
  if (row.promise.before)
    add_part(words.detail, frame.say(Msg::list_moved,
                                     {row.promise.season, frame.time_or_day(*row.promise.before)}));
  return words;
}

}  // namespace

RowWords row_words(const Frame& frame, const ListRow& row) {
  return std::visit([&](const auto& each) { return words_of(frame, each); }, row);
}

}  // namespace packbench::ui
