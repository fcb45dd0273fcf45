// `packbench report`: figures of a shift or of a day, read beside a running bench.
#include "report/render.h"

#include <limits>
#include <optional>

#include "base/time_text.h"
#include "host/pickups.h"
#include "host/redate.h"
#include "program/commands.h"
#include "store/journal_reader.h"

namespace packbench::program {
namespace {

// Which stretch of time is asked for.
Result<bool> choose_range(const ReportRequest& request, const store::JournalReader& journal,
                          report::ReportInput& input) {
  if (!request.date.empty()) {
    const auto midnight = local_midnight(request.date, input.zone);
    if (!midnight) return Error{"bad_option", "--date must be a day such as 2026-11-22"};
    input.from = *midnight;
    input.to = local_minute(*midnight, 1, 0, input.zone);
    return false;
  }
  const auto shifts = journal.shifts();
  if (!shifts) return shifts.error();
  const bool current = request.shift.empty() || request.shift == "current";
  for (const store::ShiftRow& shift : shifts.value()) {
    if (!current && std::to_string(shift.id) != request.shift) continue;
    input.shift = shift;
    input.from = shift.opened;
    // What happened in the shift's last instant belongs to it.
    input.to = shift.closed.value_or(input.now.wall) + Duration{1};
    return true;
  }
  return Error{"no_shift", current ? "no shift has been opened yet; sign in at the bench first"
                                   : "there is no shift " + request.shift};
}

Status read_rows(const store::JournalReader& journal, bool by_shift, report::ReportInput& input) {
  auto tally = by_shift ? journal.tally_of_shift(input.shift->id)
                        : journal.tally_between(input.from, input.to);
  if (!tally) return tally.error();
  input.tally = std::move(tally).value();
  auto open = journal.open_parcels(input.now.wall);
  if (!open) return open.error();
  input.open = std::move(open).value();
  for (ParcelFacts& parcel : input.open) {
    auto manifest = journal.manifest_of(parcel.id);
    if (!manifest) return manifest.error();
    parcel.manifest = std::move(manifest).value();
  }
  auto confirmed = journal.confirmed_parcels(input.from, input.to);
  if (!confirmed) return confirmed.error();
  input.confirmed = std::move(confirmed).value();
  return Ok{};
}

void add_payments(store::Catalog& catalog, const std::vector<ParcelFacts>& parcels,
                  report::ReportInput& input) {
  for (const ParcelFacts& parcel : parcels) {
    for (const OrderFacts& row : parcel.orders) {
      const auto order = catalog.order(row.key);
      if (order && order.value())
        input.payments[row.key] = {order.value()->buyer, order.value()->paid_at};
    }
  }
}

void add_names(store::Catalog& catalog, report::ReportInput& input) {
  for (const store::TallyRow& row : input.tally) {
    if (row.op.empty() || input.operators.count(row.op) > 0) continue;
    const auto found = catalog.operator_of(row.op);
    input.operators[row.op] = found && found.value() ? found.value()->op.name : row.op;
  }
}

// What is used already does not run out any more.
Status add_expiring(store::Catalog& catalog, const store::JournalReader& journal,
                    report::ReportInput& input) {
  report::NumberStock& stock = input.numbers;
  std::optional<Error> failed;
  const Status read = catalog.expiring_offers(
      input.now.wall, input.now.wall + stock.within, [&](const WaybillOffer& offer) {
        const auto used = journal.is_number_used(offer.carrier, offer.number);
        if (!used) failed = used.error();
        if (!used || used.value()) return used.ok();
        ++stock.expiring;
        if (stock.soonest.size() < report::expiring_listed_max)
          stock.soonest.push_back(
              {offer.carrier, offer.service, offer.number, *offer.order, *offer.expires_at});
        return true;
      });
  if (failed) return *failed;
  return read;
}

Status add_numbers(store::Catalog& catalog, const store::JournalReader& journal,
                   const station::NumberPolicy& policy, report::ReportInput& input) {
  input.numbers.within = policy.expiry_warning;
  const auto ranges = catalog.ranges();
  if (!ranges) return ranges.error();
  for (const store::RangeName& range : ranges.value()) {
    const auto last = journal.last_range_number(range.carrier, range.service);
    if (!last) return last.error();
    const auto left = catalog.range_left(range.carrier, range.service, last.value(), input.now.wall,
                                         std::numeric_limits<std::int64_t>::max());
    if (!left) return left.error();
    input.numbers.ranges.push_back(
        {range.carrier, range.service, left.value(), policy.low_water_of(range.carrier)});
  }
  return add_expiring(catalog, journal, input);
}

Status redate_all(const host::ListingSources& sources, report::ReportInput& input) {
  const auto redater = host::Redater::make(sources);
  if (!redater) return redater.error();
  for (auto* parcels : {&input.open, &input.confirmed}) {
    for (ParcelFacts& parcel : *parcels) {
      if (const Status redated = redater.value().redate(parcel); !redated) return redated;
    }
  }
  return Ok{};
}

}  // namespace

int run_report(const ReportRequest& request) {
  const auto config = load_config(request.places);
  if (!config) return fail(config.error());
  auto journal = store::JournalReader::open(request.places.data);
  if (!journal) return fail(journal.error());
  auto catalog = store::Catalog::open({request.places.data, ""});
  if (!catalog) return fail(catalog.error());
  report::ReportInput input;
  input.zone = config.value().policy.zone;
  input.carriers = config.value().carrier_names;
  input.policies = config.value().policy.platforms;
  const auto clock = journal.value()->clock();
  if (!clock) return fail(clock.error());
  input.bench = config.value().bench_name.empty() ? clock.value().bench : config.value().bench_name;
  input.now = clock.value().frozen ? Now{clock.value().last, {}, ""} : machine_now();
  const auto by_shift = choose_range(request, *journal.value(), input);
  if (!by_shift) return fail(by_shift.error());
  if (const Status read = read_rows(*journal.value(), by_shift.value(), input); !read)
    return fail(read.error());
  add_payments(*catalog.value(), input.open, input);
  add_payments(*catalog.value(), input.confirmed, input);
  add_names(*catalog.value(), input);
  if (const Status counted =
          add_numbers(*catalog.value(), *journal.value(), config.value().policy.numbers, input);
      !counted)
    return fail(counted.error());
  const host::ListingSources sources{*catalog.value(), *journal.value(), config.value().policy};
  if (const Status redated = redate_all(sources, input); !redated) return fail(redated.error());
  auto visits = host::visit_book(sources);
  if (!visits) return fail(visits.error());
  input.visits = std::move(visits).value();
  const auto format = report::parse_format(request.format);
  const auto text = report::render_report(report::make_report(input), *format,
                                          request.language.value_or(config.value().language));
  if (!text) return fail(text.error());
  return deliver(text.value(), request.out);
}

}  // namespace packbench::program
