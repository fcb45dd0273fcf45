// How long it takes to see whether a range of a million numbers runs out, which is done once for
// each parcel that got one of them.
#include <algorithm>
#include <iostream>
#include <limits>

#include "base/check.h"
#include "bench_data.h"
#include "benches.h"
#include "figures.h"
#include "host/facts.h"

namespace packbench::benchmark {
namespace {

constexpr int at_once = 100'000;
constexpr double numbers_goal_us = 100;

}  // namespace

void bench_numbers(const std::string& parent, int numbers, int steps) {
  const std::string folder = fresh_folder(parent, "numbers");
  for (int from = 0; from < numbers; from += at_once) {
    ImportBatch batch;
    for (int i = from; i < std::min(numbers, from + at_once); ++i) {
      batch.waybills.push_back(
          {"SF", "", waybill_number(i), std::nullopt, "571-W12", "HZ", Instant{at(i).wall.us}, ""});
    }
    import(folder, batch);
  }
  OpenJournal open = open_journal(folder);
  auto opened = store::Catalog::open({folder, ""});
  CHECK(opened.ok());
  store::Catalog& catalog = *opened.value();
  const host::Config config = make_config();
  const host::FactSources sources{catalog, open.journal->read(), config.policy};

  print_title("What is left of a range of " + std::to_string(numbers) + " numbers");
  Series enough;
  for (int i = 0; i < steps; ++i) {
    const Stopwatch watch;
    const auto left = host::range_left(sources, "SF", "", Instant{0});
    enough.add(watch.us());
    CHECK(left.ok() && left.value() == config.policy.numbers.low_water);
  }
  print_series("at least " + std::to_string(config.policy.numbers.low_water), enough);
  Series old;  // nothing of it is good any more: the longest look
  for (int i = 0; i < steps; ++i) {
    const Stopwatch watch;
    CHECK(host::range_left(sources, "SF", "", Instant{std::numeric_limits<std::int64_t>::max()})
              .value() == 0);
    old.add(watch.us());
  }
  print_series("all of them too old", old);
  host::EmptyRanges empty;
  const host::FactSources remembering{catalog, open.journal->read(), config.policy, &empty};
  const std::vector<station::Query> wants{
      station::FindOffer{{{"taobao", "shop", order_number(0)}}, "SF", "", true}};
  const auto look = [&] {
    const Stopwatch watch;
    const auto facts = host::look_up(remembering, open.station, wants,
                                     Instant{std::numeric_limits<std::int64_t>::max()});
    const double us = watch.us();
    CHECK(facts.ok() && !facts.value().offer && facts.value().offer_expired);
    return us;
  };
  print_note("none is good any more, once for each change of the catalog: " +
             std::to_string(static_cast<int>(look() / 1'000)) + " ms");
  Series remembered;
  for (int i = 0; i < steps; ++i) remembered.add(look());
  print_series("the same, remembered", remembered);
  Series all;
  for (int i = 0; i < 5; ++i) {
    const Stopwatch watch;
    CHECK(catalog.range_left("SF", "", "", Instant{0}, numbers + 1).value() == numbers);
    all.add(watch.us());
  }
  print_series("every one counted, for the report", all);
  print_goal("whether it runs out, p99", enough.at(0.99), numbers_goal_us, "us");
}

}  // namespace packbench::benchmark
