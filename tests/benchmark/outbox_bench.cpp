// Confirmations by HTTP, from the journal to a server on this machine and back into the journal.
#include <ctime>
#include <random>

#include "base/check.h"
#include "bench_data.h"
#include "benches.h"
#include "exchange/http_sender.h"
#include "figures.h"
#include "host/host.h"
#include "station/core.h"
#include "tests/support/http_server.h"

namespace packbench::benchmark {
namespace {

using namespace station;

constexpr int parcels_of_a_visit = 500;
constexpr double delivery_goal_us = 1'000;  // 1,000 deliveries a second

Now machine_now() {
  timespec wall{}, up{};
  ::clock_gettime(CLOCK_REALTIME, &wall);
  ::clock_gettime(CLOCK_BOOTTIME, &up);
  return {{wall.tv_sec * 1'000'000 + wall.tv_nsec / 1'000},
          {up.tv_sec * 1'000'000 + up.tv_nsec / 1'000},
          "boot-1"};
}

class NoPrinter : public ports::LabelPrinter {
 public:
  Status ready() override { return Error{"none", "no printer"}; }
  ports::PrintOutcome print(const ports::PrintJob&, Duration) override {
    return {ports::PrintResult::rejected, "none", 0};
  }
};

// Orders `from` ... `to`-1 are packed and handed over, and their confirmations owed.
void hand_over(OpenJournal& open, int from, int to) {
  const std::string manifest = open.station.bench + "-M" + std::to_string(from + 1);
  commit(open, {HandoverOpened{manifest, "SF", "K1"}}, at(from));
  ManifestClosed closed{manifest, {}, {}, {}, {}, {}};
  for (int i = from; i < to; ++i) {
    std::vector<Payload> records = packed_order(open.station, i);
    const OrderKey key = std::get<PackingStarted>(records.front()).orders.front().order.key;
    const ParcelId parcel = open.station.bench + "-P" + std::to_string(i + 1);
    records.push_back(ParcelPickedUp{manifest, parcel});
    closed.parcels.push_back(parcel);
    closed.released.push_back({parcel, key});
    commit(open, records, at(i));
  }
  const std::int64_t release = open.station.seq + 1;
  commit(open, {closed, DeliveriesOwed{release, to - from}}, at(to));
}

}  // namespace

void bench_outbox(const std::string& parent, int deliveries) {
  const std::string folder = fresh_folder(parent, "outbox");
  OpenJournal open = open_journal(folder);
  for (int i = 0; i < deliveries; i += parcels_of_a_visit)
    hand_over(open, i, std::min(deliveries, i + parcels_of_a_visit));
  int requests = 0;
  test::HttpServer server([&](const test::HttpRequest&) {
    ++requests;
    return test::HttpReply{};
  });
  auto catalog = store::Catalog::open({folder, ""});
  CHECK(catalog.ok());
  const host::Config config = make_config();
  NoPrinter printer;
  std::unique_ptr<exchange::HttpSender> sender;
  host::HostParts parts{
      *open.journal, *catalog.value(), printer, config, machine_now, {}, {}, {}, {}, {}};
  parts.run = [](const std::function<void()>& job) { job(); };
  parts.write_outbox = [](const std::string& name, const std::string&) -> Result<std::string> {
    return name;
  };
  parts.deliver = [&](std::vector<exchange::Delivery> owed) { sender->submit(std::move(owed)); };
  host::Host host(std::move(parts));
  auto started = exchange::HttpSender::start(
      {{server.url(), "secret", "", Duration::seconds(30)},
       machine_now,
       [random = std::mt19937_64(1)]() mutable { return random(); },
       [&](std::vector<exchange::DeliveryResult> results) { host.delivered(std::move(results)); }});
  CHECK(started.ok());
  sender = std::move(started).value();

  const std::int64_t records_before = open.station.seq;
  const Stopwatch watch;
  CHECK(host.start().ok());
  while (!host.station().deliveries.empty()) host.pump_within(std::chrono::milliseconds(20));
  const double us = watch.us();
  sender.reset();
  print_title(std::to_string(deliveries) +
              " confirmations by HTTP to a server on this machine, each in the journal");
  print_note("deliveries a second: " + std::to_string(static_cast<int>(deliveries / us * 1e6)));
  print_note("requests: " + std::to_string(requests) +
             ", records of the journal: " + std::to_string(host.station().seq - records_before));
  print_goal("one delivery, all told", us / deliveries, delivery_goal_us, "us");
}

}  // namespace packbench::benchmark
