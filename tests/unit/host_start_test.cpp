// What a start takes up again: all that is owed, each of it once. Around the real host, journal and
// catalog.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/check.h"
#include "domain/barcode.h"
#include "host/host.h"
#include "tests/benchmark/bench_data.h"

namespace packbench {
namespace {

using namespace station;
using benchmark::OpenJournal;

class ReadyPrinter : public ports::LabelPrinter {
 public:
  Status ready() override { return Ok{}; }
  ports::PrintOutcome print(const ports::PrintJob& job, Duration) override {
    ++prints;
    return {ports::PrintResult::printed, "", job.bytes.size()};
  }
  int prints = 0;
};

// The bench of a folder, from its start on; jobs run at once.
class StartedBench {
 public:
  explicit StartedBench(const std::string& folder)
      : open_(benchmark::open_journal(folder)),
        catalog_(store::Catalog::open({folder, ""})),
        config_(benchmark::make_config()),
        host_(parts()) {
    CHECK(host_.start().ok());
    settle();
  }
  void scan(const std::string& code) { input(Scan{parse_scan(code)}); }
  void command(const std::string& line) { input(parse_command_line(line)); }
  void look() {
    host_.look();
    settle();
  }
  Phase phase() const { return host_.view()->phase; }
  int draws() const { return draws_; }
  int prints() const { return printer_.prints; }

 private:
  template <class Body>
  void input(Body body) {
    host_.input({LaneId::bench, std::move(body)});
    settle();
    ASSERT_TRUE(host_.view()->accepted);
  }
  void settle() {
    host_.settle([] { return true; });
  }
  host::HostParts parts() {
    CHECK(catalog_.ok());
    host::HostParts parts{
        *open_.journal, *catalog_.value(), printer_, config_, {}, {}, {}, {}, {}, {}};
    parts.clock = [this] { return benchmark::at(++second_); };
    parts.draw = [this](const label::LabelContent&, label::LabelLanguage) -> Result<label::Label> {
      ++draws_;
      label::Label label;
      label.job = "drawing " + std::to_string(draws_);
      label.hash = std::string(64, 'a');
      return label;
    };
    parts.run = [](const std::function<void()>& job) { job(); };
    parts.write_outbox = parts.write_carrier =
        [](const std::string& name, const std::string&) -> Result<std::string> { return name; };
    return parts;
  }

  OpenJournal open_;
  Result<std::unique_ptr<store::Catalog>> catalog_;
  const host::Config config_;
  ReadyPrinter printer_;
  int draws_ = 0;
  std::int64_t second_ = 0;
  host::Host host_;
};

// The release of a hold that came while the bench was down asks for the label, and so does the
// state that this leaves: it is drawn for one of them.
TEST(HostStart, DrawsALabelOnceThatTheFeedAndTheStateBothAskFor) {
  const std::string folder = benchmark::fresh_folder(::testing::TempDir(), "host_start");
  benchmark::import(folder, benchmark::make_site(5));
  ImportBatch order = benchmark::make_orders(0, 1);
  benchmark::import(folder, order);
  ImportBatch held = order;
  held.orders[0].order.status = OrderStatus::refund_requested;
  {
    StartedBench bench(folder);
    bench.scan("1001");
    bench.scan(benchmark::order_number(0));
    for (int line = 1; line <= 3; ++line) bench.scan(benchmark::ware_code(line));
    ASSERT_EQ(bench.phase(), Phase::verifying_label);
    ASSERT_EQ(bench.draws(), 1);
    benchmark::import(folder, held);
    bench.look();
    bench.command("/void damaged");
    ASSERT_EQ(bench.draws(), 1) << "on hold: nothing is drawn";
  }
  benchmark::import(folder, order);
  StartedBench bench(folder);
  EXPECT_EQ(bench.phase(), Phase::verifying_label);
  EXPECT_EQ(bench.draws(), 1);
  EXPECT_EQ(bench.prints(), 1);
}

}  // namespace
}  // namespace packbench
