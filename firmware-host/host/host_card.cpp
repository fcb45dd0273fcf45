// The host's part in printing gift cards.
#include <algorithm>

#include "host/host.h"
#include "host/label_content.h"
#include "station/work.h"

namespace packbench::host {

using namespace station;

namespace {

CardResult result_of(ports::PrintResult result) {
  switch (result) {
    case ports::PrintResult::printed:
      return CardResult::printed;
    case ports::PrintResult::rejected:
      return CardResult::rejected;
    case ports::PrintResult::unknown:
      break;
  }
  return CardResult::unknown;
}

// On the bench, or put aside meanwhile.
const Work& work_named(const Station& station, const std::string& id) {
  if (station.work && station.work->id == id) return *station.work;
  const auto found = std::find_if(station.parked.begin(), station.parked.end(),
                                  [&](const Work& work) { return work.id == id; });
  CHECK(found != station.parked.end());
  return *found;
}

}  // namespace

void Host::print_card(const PrintCard& effect) {
  const Work& work = work_named(station_, effect.work);
  const Order& order = work.orders[find_order(work, effect.order).value()].opened.order;
  const auto person = parts_.catalog.person(order.key, order.sealed_person);
  const std::string problem = person ? "" : person.error().text;
  label::LabelContent content;
  if (person) content = card_content(person.value(), parts_.config, {station_.bench, now().wall});
  // No order number, which could name any file. Cards of one batch are stopped by one name.
  sending_ = effect.work + "-card-" + std::to_string(effect.batch);
  job([this, effect, content = std::move(content), problem, name = sending_]() -> Input {
    CardPrinted event{effect.work, effect.order, effect.copy, CardResult::unprintable, problem};
    if (problem.empty()) send_card(content, name, event);
    return {LaneId::bench, event};
  });
}

void Host::send_card(const label::LabelContent& content, const std::string& name,
                     CardPrinted& event) {
  const PaperEnd end = print_paper(
      [&](label::LabelLanguage language) { return parts_.card(content, language); }, name);
  event.result = end.drawn ? result_of(end.result) : CardResult::unprintable;
  event.reason = end.reason;
}

// On the worker. A printer that stands in may speak another language: then it is drawn once more.
Host::PaperEnd Host::print_paper(
    const std::function<Result<label::Label>(label::LabelLanguage)>& draw,
    const std::string& name) {
  PaperEnd end;
  for (int times = 0; times < 2; ++times) {
    const auto paper = draw(printer_language());
    if (!paper) return {false, ports::PrintResult::rejected, paper.error().text};
    ports::PrintOutcome outcome{ports::PrintResult::rejected, "", 0};
    if (const Status ready = parts_.printer.ready(); !ready) {
      outcome.reason = ready.error().code;
    } else {
      const label::Label& label = paper.value();
      ports::PrintJob printed{name, label.job, {}, label::language_word(label.language)};
      printed.preview_png = [&label] {
        auto png = label::label_png(label);
        return png ? std::move(png).value() : std::string();
      };
      outcome = parts_.printer.print(printed, parts_.config.print_deadline);
    }
    const bool printed = outcome.result == ports::PrintResult::printed;
    end = {true, outcome.result, printed ? "" : outcome.reason};
    if (outcome.reason != "other-language") break;
  }
  return end;
}

}  // namespace packbench::host
