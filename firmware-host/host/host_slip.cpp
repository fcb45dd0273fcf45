// The host's part in printing manifests on the label printer. A slip is never in a label's way:
// none is begun while a label or a card is on its way or in doubt, and one that the printer holds
// up is let go of when a label is wanted.
#include <algorithm>

#include "host/host.h"
#include "station/work.h"

namespace packbench::host {

using namespace station;

namespace {

// A slip that has been at the printer for longer than this is held up.
constexpr Duration kFlowing = Duration::seconds(5);

bool has_card_under_way(const Work& work) {
  return std::any_of(work.orders.begin(), work.orders.end(),
                     [](const OrderWork& order) { return order.card.under_way; });
}

PrintResult slip_result(ports::PrintResult result) {
  if (result == ports::PrintResult::printed) return PrintResult::printed;
  return result == ports::PrintResult::rejected ? PrintResult::rejected : PrintResult::unknown;
}

}  // namespace

// A person's second wish for what is being printed is met by what is being printed.
void Host::print_manifest(const PrintManifest& effect) {
  if (std::any_of(slip_runs_.begin(), slip_runs_.end(),
                  [&](const SlipRun& run) { return run.manifest == effect.manifest; }))
    return;
  auto found = parts_.journal.read().manifest(effect.manifest);
  if (!found) return refuse_slips(effect.manifest, found.error().code);
  if (!found.value() || !parts_.slips) return refuse_slips(effect.manifest, "no_manifest");
  auto slips = parts_.slips(std::move(*std::move(found).value()));
  if (!slips) return refuse_slips(effect.manifest, slips.error().code);
  slip_runs_.push_back({effect.manifest, ++slip_copies_, std::move(slips).value()});
}

void Host::refuse_slips(const ManifestId& id, const std::string& reason) {
  job([id, reason]() -> Input {
    return {LaneId::bench, SlipPrinted{id, 0, 0, PrintResult::rejected, reason}};
  });
}

// Also while it is asked whether a label came out: another paper would be no help.
bool Host::printer_is_wanted() const {
  if (station_.work) {
    const LabelState& label = station_.work->parcel.label;
    if (in_flight(label) || label.state == PrintState::unknown) return true;
    if (has_card_under_way(*station_.work)) return true;
  }
  return std::any_of(station_.parked.begin(), station_.parked.end(), has_card_under_way);
}

void Host::go_on_with_slips() {
  if (slip_runs_.empty()) return;
  const Duration since_boot = parts_.clock().since_boot;
  if (!slip_at_printer_.empty()) {
    if (!printer_is_wanted() || since_boot.us - slip_began_.us < kFlowing.us) return;
    return parts_.printer.stop(slip_at_printer_);
  }
  if (printer_is_wanted()) return;
  const SlipRun& run = slip_runs_.front();
  SlipPrinted event{run.manifest, run.printed + 1, run.slips.count, PrintResult::rejected, ""};
  // A name of its own: one that was stopped may be asked for again.
  slip_at_printer_ =
      run.manifest + "-copy-" + std::to_string(run.copy) + "-slip-" + std::to_string(event.slip);
  slip_began_ = since_boot;
  job([this, event, draw = run.slips.draw, name = slip_at_printer_]() mutable -> Input {
    const PaperEnd end = print_paper(
        [&](label::LabelLanguage language) { return draw(event.slip, language); }, name);
    event.result = slip_result(end.result);
    event.reason = end.reason;
    return {LaneId::bench, event};
  });
}

void Host::slip_ended(const SlipPrinted& event) {
  if (event.slip == 0) return;
  slip_at_printer_.clear();
  SlipRun& run = slip_runs_.front();
  run.printed = event.slip;
  if (event.result != PrintResult::printed || run.printed == run.slips.count)
    slip_runs_.pop_front();
}

}  // namespace packbench::host
