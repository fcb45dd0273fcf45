// The host's messages out: confirmations for the platform, numbers for their carrier. Each file is
// written again until a record says that it is there.
#include "exchange/confirmation.h"
#include "host/confirmation_out.h"
#include "host/host.h"

namespace packbench::host {

using namespace station;

std::vector<exchange::ConfirmationOut> Host::confirmations(
    const std::vector<store::ReleasedConfirmation>& rows) const {
  std::vector<exchange::ConfirmationOut> out;
  for (const store::ReleasedConfirmation& row : rows) {
    out.push_back(confirmation_out(row));
    if (parts_.message) out.back().message = parts_.message(out.back());
  }
  return out;
}

// One file at a time in each folder: what one of them cannot take holds up nothing in the other,
// nor what can be written beside it.
void Host::write_owed() {
  if (const auto release = next_out(station_.outbox, confirmations_out_)) write_outbox({*release});
  if (const auto returned = next_out(station_.returns, returns_out_)) write_return({*returned});
}

std::optional<std::int64_t> Host::next_out(const std::set<std::int64_t>& owed,
                                           const OutFolder& folder) const {
  if (owed.empty() || folder.writing != 0 || now().since_boot < folder.again) return std::nullopt;
  const auto behind = owed.upper_bound(folder.failed);
  return behind == owed.end() ? *owed.begin() : *behind;
}

// After a failure the next one is tried a while later. What failed is not forgotten when another
// goes out: it is tried again after all the others.
void Host::file_ended(OutFolder& folder, std::int64_t seq, bool ok) {
  folder.writing = 0;
  if (!ok) {
    folder.failed = seq;
    folder.again = now().since_boot + Duration::seconds(10);
  }
  write_owed();
}

void Host::write_outbox(const WriteOutbox& effect) {
  const auto rows = parts_.journal.read().release(effect.release);
  if (!rows) {
    answer_fault(rows.error(), false);
    return file_ended(confirmations_out_, effect.release, false);
  }
  confirmations_out_.writing = effect.release;
  const std::string name = station_.bench + "-" + std::to_string(effect.release) + ".jsonl";
  const std::string text = exchange::confirmation_lines(confirmations(rows.value()));
  job([this, effect, name, text]() -> Input {
    const auto written = parts_.write_outbox(name, text);
    return {LaneId::bench,
            OutboxWritten{effect.release, written.ok(), written ? written.value() : std::string()}};
  });
}

void Host::write_return(const WriteReturn& effect) {
  const auto found = parts_.journal.read().returned(effect.returned);
  if (!found) {
    answer_fault(found.error(), false);
    return file_ended(returns_out_, effect.returned, false);
  }
  returns_out_.writing = effect.returned;
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
