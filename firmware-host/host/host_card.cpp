// The host's part in printing gift cards.
#include <algorithm>

#include "host/host.h"
#include "host/label_content.h"
#include "station/work.h"

namespace packbench::host {

using namespace station;

namespace {

CardPrinted ended(const OrderKey& order, const ports::PrintOutcome& outcome) {
  switch (outcome.result) {
    case ports::PrintResult::printed:
      return {order, "printed", ""};
    case ports::PrintResult::rejected:
      return {order, "rejected", outcome.reason};
    case ports::PrintResult::unknown:
      break;
  }
  return {order, "unknown", outcome.reason};
}

// On the bench, or put aside while its cards were being printed.
const Work& work_of(const Station& station, const OrderKey& order) {
  if (station.work && find_order(*station.work, order)) return *station.work;
  const auto found = std::find_if(station.parked.begin(), station.parked.end(),
                                  [&](const Work& work) { return find_order(work, order); });
  CHECK(found != station.parked.end());
  return *found;
}

}  // namespace

void Host::print_card(const PrintCard& effect) {
  const Work& work = work_of(station_, effect.order);
  const std::size_t index = *find_order(work, effect.order);
  const Order& order = work.orders[index].opened.order;
  const auto person = parts_.catalog.person(order.key, order.sealed_person);
  label::LabelContent content;
  std::string problem = person ? "" : person.error().text;
  if (person) content = card_content(person.value(), parts_.config, {station_.bench, now().wall});
  // No order number, which could name any file.
  const std::string name =
      work.id + "-card" + std::to_string(index + 1) + "-" + std::to_string(effect.copy);
  sending_ = name;
  job([this, order = effect.order, content = std::move(content), problem, name]() -> Input {
    if (!problem.empty()) return {LaneId::bench, CardPrinted{order, "unprintable", problem}};
    return {LaneId::bench, send_card(order, content, name)};
  });
}

// On the worker. A printer that stands in may speak another language: then the card is drawn once
// more.
CardPrinted Host::send_card(const OrderKey& order, const label::LabelContent& content,
                            const std::string& name) {
  ports::PrintOutcome outcome;
  for (int drawn = 0; drawn < 2; ++drawn) {
    const auto card = parts_.card(content, printer_language());
    if (!card) return {order, "unprintable", card.error().text};
    if (const Status ready = parts_.printer.ready(); !ready) {
      outcome = {ports::PrintResult::rejected, ready.error().code, 0};
    } else {
      const label::Label& label = card.value();
      ports::PrintJob printed{name, label.job, {}, label::language_word(label.language)};
      printed.preview_png = [&label] {
        auto png = label::label_png(label);
        return png ? std::move(png).value() : std::string();
      };
      outcome = parts_.printer.print(printed, parts_.config.print_deadline);
    }
    if (outcome.reason != "other-language") break;
  }
  return ended(order, outcome);
}

}  // namespace packbench::host
