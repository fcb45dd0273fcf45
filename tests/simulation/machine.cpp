#include "machine.h"

#include <chrono>
#include <utility>

#include "host/listing.h"
#include "store/catalog_writer.h"
#include "store/journal_reader.h"
#include "store/verify.h"

namespace packbench::simulation {
namespace {

constexpr const char* bench_id = "B100001";
constexpr std::int64_t reserve_bytes = 64 * 1024;

class RealBench : public BenchUnderTest {
 public:
  explicit RealBench(host::HostParts parts) : host_(std::move(parts)) {}
  Status start() override { return host_.start(); }
  void input(const station::Input& input) override { host_.input(input); }
  void look() override { host_.look(); }
  bool pump() override { return host_.pump_within(std::chrono::milliseconds(0)); }
  void rest() override { host_.rest(); }
  bool sends() const override { return true; }
  void delivered(std::vector<exchange::DeliveryResult> results) override {
    host_.delivered(std::move(results));
  }
  std::shared_ptr<const station::StationView> view() const override { return host_.view(); }

 private:
  host::Host host_;
};

}  // namespace

std::unique_ptr<BenchUnderTest> make_real_bench(host::HostParts parts) {
  return std::make_unique<RealBench>(std::move(parts));
}

Machine::Machine(World& world, Connector& connector, const host::Config& config, MakeBench make,
                 const std::string& folder, store::Synchronous synchronous)
    : world_(world),
      connector_(connector),
      config_(config),
      make_(std::move(make)),
      folder_(folder),
      synchronous_(synchronous) {}

host::HostParts Machine::parts() {
  host::HostParts parts{*journal_, *catalog_, world_, config_, {}, {}, {}, {}, {}, {}};
  parts.clock = [this] { return world_.clock(); };
  parts.draw = [this](const label::LabelContent& content, label::LabelLanguage) {
    return world_.draw(content);
  };
  parts.card = [this](const label::LabelContent& content, label::LabelLanguage) {
    return world_.draw_card(content);
  };
  parts.run = [this](std::function<void()> job) { world_.add_job(std::move(job)); };
  parts.write_outbox = [this](const std::string& name, const std::string& text) {
    return world_.write_outbox(name, text);
  };
  parts.write_carrier = [this](const std::string& name, const std::string& text) {
    return world_.write_outbox("carrier/" + name, text);
  };
  parts.deliver = [this](std::vector<exchange::Delivery> deliveries) {
    connector_.take(std::move(deliveries));
  };
  parts.stable_weight = [this] { return world_.stable_weight(); };
  return parts;
}

Status Machine::open() {
  store::JournalOptions options;
  options.directory = folder_;
  options.vfs = world_.disk.vfs();
  options.reserve_bytes = reserve_bytes;
  options.log_bytes = 0;
  options.synchronous = synchronous_;
  options.create = store::NewJournal{{bench_id, false}, world_.clock(), {}};
  options.create->key.fill(7);
  auto journal = store::Journal::open(options);
  world_.throw_if_crashed();
  if (!journal) return journal.error();
  journal_ = std::move(journal).value();
  auto catalog = store::Catalog::open({folder_, world_.disk.vfs()});
  world_.throw_if_crashed();
  if (!catalog) return catalog.error();
  catalog_ = std::move(catalog).value();
  bench_ = make_(parts());
  const Status started = bench_->start();
  world_.throw_if_crashed();
  return started;
}

void Machine::close() {
  world_.lose_jobs();
  connector_.lose();
  bench_.reset();
  catalog_.reset();
  journal_.reset();
}

Status Machine::import(const ImportBatch& batch) {
  auto writer = store::CatalogWriter::open({folder_, world_.disk.vfs()});
  world_.throw_if_crashed();
  if (!writer) return writer.error();
  const auto random = [this](std::span<std::uint8_t> out) {
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(world_.chance.below(256));
  };
  const auto counts = writer.value()->apply(batch, random);
  writer.value().reset();
  world_.throw_if_crashed();
  if (!counts) return counts.error();
  if (!counts.value().problems.empty()) return Error{"rows", counts.value().problems.front().text};
  return Ok{};
}

Status Machine::verify() const {
  const auto report = store::verify(folder_, "", world_.disk.vfs());
  if (!report) return report.error();
  if (report.value().sound()) return Ok{};
  std::string text = report.value().problem;
  for (const std::string& difference : report.value().differences) text += "; " + difference;
  return Error{"not_sound", text};
}

Result<std::string> Machine::lists() {
  const auto journal = store::JournalReader::open(folder_, world_.disk.vfs());
  if (!journal) return journal.error();
  std::string text;
  for (const char* name : {"to-pack", "packing", "waiting", "pending", "recorded", "anomalies"}) {
    const auto listing = host::make_listing({*catalog_, *journal.value(), config_.policy}, name,
                                            world_.clock(), 10'000);
    if (!listing) return listing.error();
    text += host::listing_lines(listing.value());
  }
  return text;
}

}  // namespace packbench::simulation
