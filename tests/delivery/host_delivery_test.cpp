// The host between journal and sender: what it hands over, what it records, what it tells.
#include <gtest/gtest.h>

#include "base/check.h"
#include "host/host.h"
#include "tests/benchmark/bench_data.h"
#include "tests/support/data_directory.h"

namespace packbench {
namespace {

using namespace station;
using exchange::Delivery;
using exchange::DeliveryOutcome;
using exchange::DeliveryResult;

class NoPrinter : public ports::LabelPrinter {
 public:
  Status ready() override { return Error{"none", "no printer"}; }
  ports::PrintOutcome print(const ports::PrintJob&, Duration) override {
    return {ports::PrintResult::rejected, "none", 0};
  }
};

// Releases of `each` confirmations, owed by HTTP.
void release(benchmark::OpenJournal& open, int releases, int each) {
  for (int r = 0; r < releases; ++r) {
    const std::string manifest = open.station.bench + "-M" + std::to_string(r + 1);
    benchmark::commit(open, {HandoverOpened{manifest, "SF", ""}}, benchmark::at(1));
    ManifestClosed closed{manifest, {}, {}, {}, {}, {}};
    for (int i = r * each; i < (r + 1) * each; ++i) {
      auto records = benchmark::packed_order(open.station, i);
      const OrderKey key = std::get<PackingStarted>(records.front()).orders.front().order.key;
      const ParcelId parcel = open.station.bench + "-P" + std::to_string(i + 1);
      records.push_back(ParcelPickedUp{manifest, parcel});
      closed.parcels.push_back(parcel);
      closed.released.push_back({parcel, key});
      benchmark::commit(open, records, benchmark::at(1));
    }
    const std::int64_t seq = open.station.seq + 1;
    benchmark::commit(open, {closed, DeliveriesOwed{seq, each}}, benchmark::at(1));
  }
}

class HostDelivery : public ::testing::Test {
 protected:
  // Starts the bench on what stands in the folder.
  void start(int releases, int each) {
    open_ = std::make_unique<benchmark::OpenJournal>(benchmark::open_journal(dir_.path()));
    release(*open_, releases, each);
    auto catalog = store::Catalog::open({dir_.path(), ""});
    ASSERT_TRUE(catalog.ok());
    catalog_ = std::move(catalog).value();
    config_.policy.delivers = true;
    host::HostParts parts{*open_->journal, *catalog_, printer_, config_, {}, {}, {}, {}, {}, {}};
    parts.clock = [this] { return benchmark::at(second_); };
    parts.run = [](const std::function<void()>& job) { job(); };
    parts.write_outbox = [](const std::string& name, const std::string&) -> Result<std::string> {
      return name;
    };
    parts.deliver = [this](std::vector<Delivery> owed) {
      for (Delivery& each : owed) sent_.push_back(std::move(each));
    };
    parts.message = [](const exchange::ConfirmationOut& c) {
      return std::map<std::string, std::string>{{"en", "shipped " + c.order.number}};
    };
    host_ = std::make_unique<host::Host>(std::move(parts));
    ASSERT_TRUE(host_->start().ok());
    settle();
  }
  void settle() {
    host_->settle([] { return true; });
  }
  void answer(const DeliveryId& id, DeliveryOutcome outcome, int status,
              const std::string& reason = {}) {
    host_->delivered({{id, outcome, status, reason, {}}});
    while (host_->pump()) {
    }
  }
  std::optional<AlertView> alert() const { return host_->view()->alert; }
  std::size_t owed() const {
    std::size_t count = 0;
    for (const auto& [release, places] : host_->station().deliveries) count += places.size();
    return count;
  }

  const test::DataDirectory dir_;
  std::unique_ptr<benchmark::OpenJournal> open_;
  std::unique_ptr<store::Catalog> catalog_;
  host::Config config_ = benchmark::make_config();
  NoPrinter printer_;
  std::int64_t second_ = 10;
  std::vector<Delivery> sent_;
  std::unique_ptr<host::Host> host_;
};

TEST_F(HostDelivery, HandsOverEachOnceInTheOrderOfItsRelease) {
  start(2, 3);
  ASSERT_EQ(sent_.size(), 6U);
  for (std::size_t i = 1; i < sent_.size(); ++i) EXPECT_LT(sent_[i - 1].id, sent_[i].id);
  EXPECT_EQ(sent_[0].group, "B100001-P1");
  EXPECT_EQ(sent_[0].key, "B100001-P1/taobao/mugs/SO-0000000");
  EXPECT_NE(sent_[0].body.find("\"message\":{\"en\":\"shipped SO-0000000\"}"), std::string::npos);
  host_->look();
  host_->rest();
  EXPECT_EQ(sent_.size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) answer(sent_[i].id, DeliveryOutcome::delivered, 200);
  EXPECT_EQ(owed(), 0U);
  EXPECT_FALSE(alert());
  // An answer that comes twice, or to nothing that was asked, is no news.
  const std::int64_t seq = host_->station().seq;
  answer(sent_[0].id, DeliveryOutcome::refused, 422);
  answer({999, 1}, DeliveryOutcome::delivered, 200);
  EXPECT_EQ(host_->station().seq, seq);
}

TEST_F(HostDelivery, WhatCameMeanwhileMakesOneRecord) {
  start(1, 20);
  const std::int64_t seq = host_->station().seq;
  for (const Delivery& each : sent_)
    host_->delivered({{each.id, DeliveryOutcome::delivered, 200, "", {}}});
  while (host_->pump()) {
  }
  EXPECT_EQ(owed(), 0U);
  EXPECT_EQ(host_->station().seq, seq + 1);
}

TEST_F(HostDelivery, ARefusalIsToldAtTheBench) {
  start(1, 1);
  answer(sent_[0].id, DeliveryOutcome::refused, 422, "no such order");
  ASSERT_TRUE(alert());
  EXPECT_EQ(alert()->code, AlertCode::delivery_refused);
  EXPECT_EQ(alert()->text.en, "The platform refuses confirmations: 1 (HTTP 422)");
  EXPECT_NE(alert()->next.zh.find("packbench outbox list"), std::string::npos);
  EXPECT_EQ(owed(), 0U);
  EXPECT_EQ(host_->station().refused, (std::set<DeliveryId>{sent_[0].id}));
  host_->look();
  EXPECT_EQ(host_->view()->outbox.refused, 1) << "it stays in sight when the alert is gone";
  EXPECT_EQ(outbox_note(host_->view()->outbox)->code, "delivery_refused");
}

TEST_F(HostDelivery, ThatNothingGetsThroughIsToldOnceAndAgainAfterItDid) {
  start(1, 3);
  const std::int64_t seq = host_->station().seq;
  for (int i = 0; i < 7; ++i) answer(sent_[0].id, DeliveryOutcome::later, 0, "certificate");
  EXPECT_FALSE(alert());
  answer(sent_[0].id, DeliveryOutcome::later, 0, "certificate");
  ASSERT_TRUE(alert());
  EXPECT_EQ(alert()->code, AlertCode::delivery_late);
  EXPECT_NE(alert()->text.en.find("certificate"), std::string::npos);
  host_->look();
  for (int i = 0; i < 50; ++i) answer(sent_[0].id, DeliveryOutcome::later, 503);
  EXPECT_FALSE(alert());
  EXPECT_EQ(host_->view()->outbox.waiting, 3);
  EXPECT_EQ(outbox_note(host_->view()->outbox)->code, "delivery_late");
  EXPECT_EQ(host_->station().seq, seq) << "what is tried again leaves no record";
  answer(sent_[0].id, DeliveryOutcome::delivered, 200);
  EXPECT_FALSE(outbox_note(host_->view()->outbox)) << "the others only wait their turn";
  for (int i = 0; i < 8; ++i) answer(sent_[1].id, DeliveryOutcome::later, 503);
  ASSERT_TRUE(alert());
  EXPECT_NE(alert()->text.en.find("503"), std::string::npos);
}

TEST_F(HostDelivery, TheSenderHasSomeAtATimeAndInTheEndAll) {
  start(12, 400);
  EXPECT_LT(sent_.size(), 4800U);
  std::set<DeliveryId> seen;
  for (std::size_t i = 0; i < sent_.size(); ++i) {
    EXPECT_TRUE(seen.insert(sent_[i].id).second);
    answer(sent_[i].id, DeliveryOutcome::delivered, 200);
  }
  EXPECT_EQ(seen.size(), 4800U);
  EXPECT_EQ(owed(), 0U);
}

}  // namespace
}  // namespace packbench
