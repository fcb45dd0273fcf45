// A three-line order from the first scan to staged, with the real label and the real disk.
#include "base/check.h"
#include "bench_data.h"
#include "benches.h"
#include "domain/barcode.h"
#include "figures.h"
#include "host/host.h"
#include "tests/unit/label_samples.h"
#include "timing_vfs.h"

namespace packbench::benchmark {
namespace {

using namespace station;

constexpr int warm_up_orders = 5;
constexpr double order_goal_ms = 10;

// Takes every label at once.
class EagerPrinter : public ports::LabelPrinter {
 public:
  Status ready() override { return Ok{}; }
  ports::PrintOutcome print(const ports::PrintJob& job, Duration) override {
    bytes += job.bytes.size();
    return {ports::PrintResult::printed, "", job.bytes.size()};
  }
  std::size_t bytes = 0;
};

class PackingBench {
 public:
  PackingBench(const std::string& folder, OpenJournal open)
      : open_(std::move(open)),
        catalog_(store::Catalog::open({folder, ""})),
        config_(make_config()),
        host_(parts()) {
    CHECK(host_.start().ok());
    scan("1001");
  }

  void scan(const std::string& code) {
    host_.input({LaneId::bench, Scan{parse_scan(code)}});
    host_.settle([] { return true; });
    CHECK(host_.view()->accepted);
  }
  void rest() { host_.rest(); }
  std::string waybill() const { return host_.view()->waybill->number; }
  bool idle() const { return !host_.station().work; }
  double drawing_us() const { return drawing_us_; }

 private:
  host::HostParts parts() {
    CHECK(catalog_.ok());
    host::HostParts parts{
        *open_.journal, *catalog_.value(), printer_, config_, {}, {}, {}, {}, {}, {}};
    parts.clock = [this] { return at(++second_); };
    parts.draw = [this](const label::LabelContent& content, label::LabelLanguage language) {
      const Stopwatch watch;
      auto label =
          label::make_label(content, label::usual_template(), {language, label::SmallCode::qr, {}});
      drawing_us_ = watch.us();
      return label;
    };
    parts.run = [](const std::function<void()>& job) { job(); };
    parts.write_outbox = [](const std::string& name, const std::string&) -> Result<std::string> {
      return name;
    };
    return parts;
  }

  OpenJournal open_;
  Result<std::unique_ptr<store::Catalog>> catalog_;
  const host::Config config_;
  EagerPrinter printer_;
  std::int64_t second_ = 0;
  double drawing_us_ = 0;
  host::Host host_;
};

}  // namespace

void bench_order(const std::string& parent, int orders) {
  DiskTimes& disk = disk_times();
  const std::string folder = fresh_folder(parent, "order");
  import(folder, make_site(orders + warm_up_orders));
  import(folder, make_orders(0, orders + warm_up_orders));
  PackingBench bench(folder, open_journal(folder, timing_vfs_name));
  Series total, own, synced, drawing;
  int syncs = 0;
  for (int i = 0; i < orders + warm_up_orders; ++i) {
    disk.clear();
    const Stopwatch watch;
    bench.scan(order_number(i));
    for (int line = 1; line <= 3; ++line) bench.scan(ware_code((i * 3 + line) % wares));
    bench.scan(bench.waybill());
    const double us = watch.us();
    CHECK(bench.idle());
    bench.rest();
    if (i < warm_up_orders) continue;
    total.add(us);
    synced.add(disk.sync_us);
    own.add(us - disk.sync_us);
    drawing.add(bench.drawing_us());
    syncs = disk.syncs;
  }
  print_title("A three-line order, from the first scan to staged (5 scans, " +
              std::to_string(syncs) + " syncs)");
  print_series("from scan to staged", total);
  print_series("  of it waiting for the disk", synced);
  print_series("  of it drawing and proving the label", drawing);
  print_series("  our own time, all but the disk", own);
  print_goal("our own time, p50", own.at(0.5) / 1000, order_goal_ms, "ms");
}

}  // namespace packbench::benchmark
