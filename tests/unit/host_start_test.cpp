// What a start takes up again: all that is owed, each of it once, and what waits goes past what
// cannot go. Around the real host, journal and catalog.
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

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

// A folder of files that go out; some of them it cannot take.
struct Outbox {
  std::function<bool(const std::string& name)> takes = [](const std::string&) { return true; };
  std::vector<std::string> refused, written;
};

// The bench of a folder, from its start on; jobs run at once.
class StartedBench {
 public:
  explicit StartedBench(const std::string& folder, Outbox carriers = {})
      : carriers_(std::move(carriers)),
        open_(benchmark::open_journal(folder)),
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
  void rest_after(int seconds) {
    second_ += seconds;
    host_.rest();
    settle();
  }
  Outbox& carriers() { return carriers_; }
  std::size_t returns_owed() const { return host_.station().returns.size(); }
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
    parts.clock = [this] { return benchmark::at(second_); };
    parts.draw = [this](const label::LabelContent&, label::LabelLanguage) -> Result<label::Label> {
      ++draws_;
      label::Label label;
      label.job = "drawing " + std::to_string(draws_);
      label.hash = std::string(64, 'a');
      return label;
    };
    parts.run = [](const std::function<void()>& job) { job(); };
    parts.write_outbox = [](const std::string& name, const std::string&) -> Result<std::string> {
      return name;
    };
    parts.write_carrier = [this](const std::string& name,
                                 const std::string&) -> Result<std::string> {
      const bool taken = carriers_.takes(name);
      (taken ? carriers_.written : carriers_.refused).push_back(name);
      if (!taken) return Error{"io_error", "the disk cannot take " + name};
      return name;
    };
    return parts;
  }

  Outbox carriers_;
  OpenJournal open_;
  Result<std::unique_ptr<store::Catalog>> catalog_;
  const host::Config config_;
  ReadyPrinter printer_;
  int draws_ = 0;
  std::int64_t second_ = 1;
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

// Else one bad file lets but one good one pass each time that it is tried again.
TEST(HostStart, WritesAllThatIsOwedBehindAFileThatCannotBeWritten) {
  const std::string folder = benchmark::fresh_folder(::testing::TempDir(), "host_start_out");
  benchmark::import(folder, benchmark::make_site(8));
  benchmark::import(folder, benchmark::make_orders(0, 1));
  Outbox broken;
  broken.takes = [](const std::string&) { return false; };
  {
    StartedBench bench(folder, broken);
    bench.scan("1001");
    bench.scan(benchmark::order_number(0));
    for (int line = 1; line <= 3; ++line) bench.scan(benchmark::ware_code(line));
    for (int i = 0; i < 4; ++i) {
      if (i > 0) bench.command("/print");
      bench.command("/void damaged");
    }
    ASSERT_EQ(bench.returns_owed(), 4u);
    ASSERT_FALSE(bench.carriers().refused.empty());
    broken.takes = [bad = bench.carriers().refused.front()](const std::string& name) {
      return name != bad;
    };
  }
  StartedBench bench(folder, broken);
  ASSERT_EQ(bench.carriers().refused.size(), 1u) << "the first owed one is tried first";
  ASSERT_TRUE(bench.carriers().written.empty());
  bench.rest_after(10);
  EXPECT_EQ(bench.carriers().written.size(), 3u);
  EXPECT_EQ(bench.carriers().refused.size(), 2u) << "after the others, once again";
  bench.carriers().takes = [](const std::string&) { return true; };
  bench.rest_after(10);
  EXPECT_EQ(bench.returns_owed(), 0u);
  EXPECT_EQ(bench.carriers().written.back(), bench.carriers().refused.front());
}

}  // namespace
}  // namespace packbench
