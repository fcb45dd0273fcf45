// The host's messages out: confirmations for the platform, numbers for their carrier. Each file is
// written again until a record says that it is there.
#include "exchange/confirmation.h"
#include "host/host.h"

namespace packbench::host {
namespace {

using namespace station;

std::vector<exchange::ConfirmationOut> outgoing(
    const std::vector<store::ReleasedConfirmation>& rows) {
  std::vector<exchange::ConfirmationOut> out;
  for (const store::ReleasedConfirmation& row : rows) {
    exchange::ConfirmationOut c{row.confirmation.parcel,
                                row.confirmation.order,
                                row.carrier,
                                row.service,
                                row.number,
                                row.manifest,
                                row.picked_up_at,
                                row.released_at,
                                {}};
    for (const Content& content : row.contents) c.lines.push_back({content.line, content.quantity});
    out.push_back(std::move(c));
  }
  return out;
}

}  // namespace

// One file at a time; after a failure not sooner than after a while.
void Host::write_owed() {
  if (writing_ != 0 || now().since_boot < write_again_) return;
  if (!station_.outbox.empty())
    write_outbox({*station_.outbox.begin()});
  else if (!station_.returns.empty())
    write_return({*station_.returns.begin()});
}

void Host::write_outbox(const WriteOutbox& effect) {
  const auto rows = parts_.journal.read().release(effect.release);
  if (!rows) {
    write_again_ = now().since_boot + Duration::seconds(10);
    return answer_fault(rows.error(), false);
  }
  writing_ = effect.release;
  const std::string name = station_.bench + "-" + std::to_string(effect.release) + ".jsonl";
  const std::string text = exchange::confirmation_lines(outgoing(rows.value()));
  job([this, effect, name, text]() -> Input {
    const auto written = parts_.write_outbox(name, text);
    return {LaneId::bench,
            OutboxWritten{effect.release, written.ok(), written ? written.value() : std::string()}};
  });
}

void Host::write_return(const WriteReturn& effect) {
  const auto found = parts_.journal.read().returned(effect.returned);
  if (!found) {
    write_again_ = now().since_boot + Duration::seconds(10);
    return answer_fault(found.error(), false);
  }
  writing_ = effect.returned;
  const WaybillReturned& r = found.value().number;
  const std::string name = station_.bench + "-" + std::to_string(effect.returned) + ".jsonl";
  const std::string text =
      exchange::return_line({r.carrier, r.service, r.number, r.parcel, r.reason, found.value().at});
  job([this, effect, name, text]() -> Input {
    const auto written = parts_.write_carrier(name, text);
    return {LaneId::bench, ReturnWritten{effect.returned, written.ok(),
                                         written ? written.value() : std::string()}};
  });
}

}  // namespace packbench::host
