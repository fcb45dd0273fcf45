// The real host, journal and catalog around a printer that does as it is told, with a worker that
// works when it is told to: what happens while something waits for the printer.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/check.h"
#include "domain/barcode.h"
#include "host/host.h"
#include "tests/benchmark/bench_data.h"

namespace packbench {

using benchmark::OpenJournal;
using Names = std::vector<std::string>;

// Prints unless it has a fault; remembers what it was told to stop.
class ScriptedPrinter : public ports::LabelPrinter {
 public:
  std::string language() override { return languages.empty() ? "zpl" : languages.front(); }
  Status ready() override {
    if (fault.empty()) return Ok{};
    return Error{fault, "the printer has a fault"};
  }
  ports::PrintOutcome print(const ports::PrintJob& job, Duration) override {
    if (std::string(job.name) == stopped) return {ports::PrintResult::rejected, "stopped", 0};
    if (!languages.empty() && job.language != languages.back()) {
      languages = {languages.back()};
      return {ports::PrintResult::rejected, "other-language", 0};
    }
    printed.push_back(std::string(job.bytes));
    return {ports::PrintResult::printed, "", job.bytes.size()};
  }
  void stop(std::string_view job) override { stopped = job; }

  std::string fault, stopped;
  Names languages;  // what it says, and what it then turns out to speak
  Names printed;
};

class ScriptedHost : public ::testing::Test {
 protected:
  void SetUp() override {
    // Its own, for tests run beside each other.
    const std::string test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = benchmark::fresh_folder(::testing::TempDir(), "host_" + test);
    benchmark::import(folder_, benchmark::make_site(5));
    ImportBatch orders = benchmark::make_orders(0, 3);
    for (ImportedOrder& order : orders.orders) {
      order.person.gift_message = "for " + order.order.key.number;
      order.order.buyer = "b";
      order.order.merge_token = "t";
      order.person.receiver.address = "one address";
    }
    benchmark::import(folder_, orders);
    journal_ = std::make_unique<OpenJournal>(benchmark::open_journal(folder_));
    auto catalog = store::Catalog::open({folder_, ""});
    ASSERT_TRUE(catalog.ok()) << catalog.error().text;
    catalog_ = std::move(catalog).value();
    config_ = benchmark::make_config();
    host_ = std::make_unique<host::Host>(parts());
    ASSERT_TRUE(host_->start().ok());
    work();
    say("1001");
  }

  host::HostParts parts() {
    host::HostParts parts{*journal_->journal, *catalog_, printer_, config_, {}, {}, {}, {}, {}, {}};
    parts.clock = [this] { return benchmark::at(second_ += seconds_between_); };
    parts.draw = [this](const label::LabelContent& content, label::LabelLanguage language) {
      return drawing("label " + content.waybill, language);
    };
    parts.card = [this](const label::LabelContent& content, label::LabelLanguage language) {
      return drawing(content.gift_message, language);
    };
    parts.slips = [this](StoredManifest manifest) -> Result<host::ManifestSlips> {
      return host::ManifestSlips{
          slips_, [id = manifest.id](int slip, label::LabelLanguage language) {
            return drawing("slip " + std::to_string(slip) + " of " + id, language);
          }};
    };
    parts.run = [this](std::function<void()> job) { jobs_.push_back(std::move(job)); };
    parts.write_outbox = parts.write_carrier =
        [](const std::string& name, const std::string&) -> Result<std::string> { return name; };
    return parts;
  }
  static Result<label::Label> drawing(const std::string& text, label::LabelLanguage language) {
    label::Label label;
    label.job = text;
    label.hash = std::string(64, 'a');
    label.language = language;
    return label;
  }

  // The worker does what waits, and the host hears of it.
  void work() {
    while (!jobs_.empty()) work_once();
  }
  void work_once() {
    const auto job = std::move(jobs_.front());
    jobs_.pop_front();
    job();
    while (host_->pump()) {
    }
  }
  // A scan, or a command where it begins with a slash; the worker stays as it is.
  void say(const std::string& line) {
    if (line.front() == '/')
      host_->input({station::LaneId::bench, station::parse_command_line(line)});
    else
      host_->input({station::LaneId::bench, station::Scan{parse_scan(line)}});
  }
  void open(int order) { say(benchmark::order_number(order)); }
  void pack(int order) {
    for (int line = 1; line <= 3; ++line) say(benchmark::ware_code(order * 3 + line));
  }
  void printer_is(bool ok) {
    ASSERT_TRUE(host_->post(
        {station::LaneId::bench, station::DevicesChanged{{{"printer", station::LaneId::bench, ok,
                                                           true, ok ? "" : "paused"}}}}));
    while (host_->pump()) {
    }
  }

  std::string folder_;
  std::unique_ptr<OpenJournal> journal_;
  std::unique_ptr<store::Catalog> catalog_;
  host::Config config_;
  ScriptedPrinter printer_;
  std::deque<std::function<void()>> jobs_;
  std::int64_t second_ = 0, seconds_between_ = 1;  // of the clock, from one look to the next
  int slips_ = 1;                                  // that a manifest takes
  std::unique_ptr<host::Host> host_;
};

}  // namespace packbench
