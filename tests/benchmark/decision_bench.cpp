// From an input to its decision: questions, facts, decide; nothing is committed.
#include <algorithm>

#include "base/check.h"
#include "bench_data.h"
#include "benches.h"
#include "domain/barcode.h"
#include "figures.h"
#include "host/facts.h"
#include "station/core.h"

namespace packbench::benchmark {
namespace {

using namespace station;

constexpr int catalog_orders = 20'000;
constexpr int parcels = 3'000;
constexpr double decision_goal_us = 50;

class Decider {
 public:
  Decider(store::Catalog& catalog, const store::Journal& journal, const host::Config& config)
      : sources_{catalog, journal.read(), config.policy} {}

  Series decide_all(const Station& station, LaneId lane, const std::vector<std::string>& codes,
                    int steps) {
    Series series;
    // Every code once unmeasured: what a page costs that is not in memory is the disk's time.
    const int first = -std::max(steps / 10, static_cast<int>(codes.size()));
    for (int i = first; i < steps; ++i) {
      const std::string& code = codes[static_cast<std::size_t>(i - first) % codes.size()];
      const Input input{lane, Scan{parse_scan(code)}};
      const Now now = at(100'000 + i);
      const Stopwatch watch;
      auto facts = host::look_up(sources_, station, queries(station, input, now), now.wall);
      CHECK(facts.ok());
      const Decision decision = decide(station, input, facts.value(), now);
      const double us = watch.us();
      CHECK(decision.accepted);
      if (i >= 0) series.add(us);
    }
    return series;
  }

 private:
  const host::FactSources sources_;
};

}  // namespace

void bench_decision(const std::string& parent, int steps) {
  const std::string folder = fresh_folder(parent, "decision");
  import(folder, make_site(parcels + 100));
  import(folder, make_orders(0, catalog_orders));
  OpenJournal open = open_journal(folder);
  commit(open, {ShiftOpened{1}, OperatorSignedIn{LaneId::bench, {"1001", "Lin", Role::packer}}},
         at(1));
  for (int i = 0; i < parcels; ++i) {
    auto records = packed_order(open.station, i);
    commit(open, records, at(i + 2));
  }
  auto opened = store::Catalog::open({folder, ""});
  CHECK(opened.ok());
  store::Catalog& catalog = *opened.value();
  const host::Config config = make_config();
  Decider decider(catalog, *open.journal, config);

  print_title("Input to decision: questions, facts and decide, nothing committed");
  std::vector<std::string> numbers;
  for (int i = parcels; i < catalog_orders; i += 7) numbers.push_back(order_number(i));
  const Series opening = decider.decide_all(open.station, LaneId::bench, numbers, steps);
  print_series("order number opens an order of " + std::to_string(catalog_orders), opening);

  auto order = packed_order(open.station, parcels);
  commit(open, {order[0], order[1]}, at(50'000));
  const Series item =
      decider.decide_all(open.station, LaneId::bench, {std::get<ItemPacked>(order[2]).code}, steps);
  print_series("item into the box", item);

  std::vector<Payload> picked{HandoverOpened{"B100001-M1", "SF", "K1"}};
  std::vector<std::string> waiting;
  for (int i = 0; i < parcels; ++i) {
    if (i % 100 == 0)
      waiting.push_back(waybill_number(i));
    else
      picked.push_back(ParcelPickedUp{"B100001-M1", "B100001-P" + std::to_string(i + 1)});
  }
  commit(open, picked, at(50'001));
  const Series pickup = decider.decide_all(open.station, LaneId::dock, waiting, steps);
  print_series("pickup scan, " + std::to_string(parcels) + " parcels in the manifest", pickup);
  const Series busy =
      decider.decide_all(open.station, LaneId::bench, {std::get<ItemPacked>(order[2]).code}, steps);
  print_series("item into the box beside that manifest", busy);
  for (const auto& [name, series] :
       {std::pair<const char*, const Series*>{"opening, p99", &opening},
        {"item, p99", &item},
        {"pickup in a large manifest, p99", &pickup},
        {"item beside it, p99", &busy}})
    print_goal(name, series->at(0.99), decision_goal_us, "us");
}

}  // namespace packbench::benchmark
