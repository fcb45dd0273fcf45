#include "program/bench.h"

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mutex>
#include <thread>

#include "base/time_text.h"
#include "exchange/http_sender.h"
#include "host/label_config.h"
#include "host/outbox_file.h"
#include "label/supplied.h"
#include "program/bench_devices.h"
#include "program/label_templates.h"
#include "program/manifest_paper.h"
#include "program/secret_file.h"
#include "program/shipped.h"
#include "program/supplied_file.h"
#include "program/trace_poll.h"

namespace packbench::program {
namespace {

// One thread for slow jobs, so that drawing and printing never hold up the next scan.
class Worker {
 public:
  Worker() : thread_([this] { work(); }) {}
  ~Worker() {
    jobs_.push({});
    thread_.join();
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  void run(std::function<void()> job) { CHECK(jobs_.push(std::move(job))); }

 private:
  void work() {
    while (true) {
      auto job = jobs_.pop_within(std::chrono::hours(1));
      if (!job) continue;
      if (!*job) return;
      (*job)();
    }
  }
  BoundedQueue<std::function<void()>> jobs_{256};
  std::thread thread_;
};

std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  std::getline(file, id);
  return id;
}

std::string new_bench_id() {
  std::string id = "B";
  for (int i = 0; i < 6; ++i) id += static_cast<char>('0' + randombytes_uniform(10));
  return id;
}

store::NewJournal new_journal(const std::optional<Instant>& frozen_at) {
  store::NewJournal fresh;
  fresh.genesis = {new_bench_id(), frozen_at.has_value()};
  fresh.now = machine_now();
  if (frozen_at) fresh.now = {*frozen_at, {frozen_at->us}, "frozen"};
  random_bytes(fresh.key);
  return fresh;
}

// What a bench is made of before its host is.
struct BenchParts {
  host::Config config;
  std::unique_ptr<store::Journal> journal;
  std::unique_ptr<store::Catalog> catalog;
  std::vector<label::LabelTemplate> templates;
  Shipped shipped;
  std::string secret;  // of the deliveries by HTTP
};

std::uint64_t random_number() {
  std::uint64_t number = 0;
  randombytes_buf(&number, sizeof number);
  return number;
}

class RunningBench : public Bench {
 public:
  RunningBench(BenchParts parts, const BenchOptions& options)
      : config_(std::move(parts.config)),
        journal_(std::move(parts.journal)),
        catalog_(std::move(parts.catalog)),
        outbox_(in_data(options.places.data, config_.outbox.empty() ? "outbox" : config_.outbox)),
        data_(options.places.data),
        templates_(std::move(parts.templates)),
        shipped_(std::move(parts.shipped)),
        secret_(std::move(parts.secret)),
        scanned_(options.scanned),
        told_(options.told) {}

  // Devices stop before the host does, for they post to it.
  ~RunningBench() override {
    if (host_) host_->stop_printing();
    traces_.reset();
    sender_.reset();
    worker_.reset();
    devices_.reset();
  }

  // A frozen clock is for scripts and tests, which have no devices.
  Status start(const BenchOptions& options) {
    auto devices = BenchDevices::open(config_, data_, !options.frozen_at, sinks());
    if (!devices) return devices.error();
    devices_ = std::move(devices).value();
    worker_ = std::make_unique<Worker>();
    {
      const std::lock_guard lock(early_);
      host_ = std::make_unique<host::Host>(parts());
    }
    if (!config_.delivery.url.empty()) {
      auto sender = exchange::HttpSender::start(sender_parts());
      if (!sender) return sender.error();
      sender_ = std::move(sender).value();
    }
    if (const Status started = host_->start(); !started) return started;
    {
      // Under the lock: what is told meanwhile comes behind it, never before.
      const std::lock_guard lock(early_);
      if (const auto report = devices_->report()) static_cast<void>(host_->post(*report));
    }
    while (host_->pump()) {
    }
    auto traces =
        start_trace_poll({options.places, config_, *catalog_, random_number, [this](auto& trouble) {
                            post({station::LaneId::bench, station::TracesAsked{trouble}});
                            if (told_) told_();
                          }});
    if (!traces) return traces.error();
    traces_ = std::move(traces).value();
    return Ok{};
  }

  host::Host& host() override { return *host_; }
  const host::Config& config() const override { return config_; }
  store::Catalog& catalog() override { return *catalog_; }
  const store::JournalReader& journal() override { return journal_->read(); }
  Duration patience() const override {
    // Drawing, printing, and the two questions that a label supplied as PDF may ask.
    return config_.print_deadline + Duration::seconds(10 + 2 * kPdfPatience.count());
  }
  bool has_dock_scanner() const override { return devices_->has_dock_scanner(); }

 private:
  // What devices say before there is a host is said again once it has started.
  void post(station::Input input) {
    const std::lock_guard lock(early_);
    // A full inbox means that the bench is far behind: what is not taken is not acknowledged
    // either.
    if (host_) static_cast<void>(host_->post(std::move(input)));
  }

  DeviceSinks sinks() {
    DeviceSinks sinks;
    sinks.told = [this](station::Input input) {
      post(std::move(input));
      if (told_) told_();
    };
    sinks.scanned = scanned_;
    if (!sinks.scanned) {
      sinks.scanned = [this](ports::Lane lane, Barcode code) {
        const auto to = lane == ports::Lane::dock ? station::LaneId::dock : station::LaneId::bench;
        post({to, station::Scan{std::move(code)}});
      };
    }
    return sinks;
  }

  exchange::HttpSenderParts sender_parts() {
    const host::DeliveryConfig& delivery = config_.delivery;
    return {{delivery.url, secret_, in_data(data_, delivery.ca_file), delivery.timeout},
            machine_now,
            random_number,
            [this](std::vector<exchange::DeliveryResult> results) {
              host_->delivered(std::move(results));
              if (told_) told_();
            }};
  }

  host::HostParts parts() {
    return {
        *journal_,
        *catalog_,
        devices_->printer(),
        config_,
        machine_now,
        [this](const label::LabelContent& content, label::LabelLanguage language) {
          return draw_label(config_.label, templates_, content, language);
        },
        [this](const std::string& path, const WaybillOffer& offer,
               label::LabelLanguage language) -> Result<label::Label> {
          const auto bytes = read_supplied_file(in_data(data_, path), path);
          if (!bytes) return bytes.error();
          const auto on = host::template_for(config_.label, templates_, offer.carrier);
          if (!on) return on.error();
          const auto style = host::style_of(config_.label, language);
          return label::supplied_label(bytes.value(), offer.number,
                                       label::page_size(*on.value(), style), style, ask_poppler());
        },
        [this](std::function<void()> job) { worker_->run(std::move(job)); },
        [this](const std::string& name, const std::string& text) -> Result<std::string> {
          const Status written = host::write_whole_file(outbox_, name, text);
          if (!written) return written.error();
          return name;
        },
        [this] { return devices_->stable_weight(); },
        [this](const std::string& name, const std::string& text) -> Result<std::string> {
          const std::string folder = in_data(data_, config_.carrier_outbox);
          const Status written = host::write_whole_file(folder, name, text);
          if (!written) return written.error();
          return name;
        },
        [this](const label::LabelContent& content, label::LabelLanguage language) {
          return draw_card(config_.label, templates_, content, language);
        },
        config_.delivery.url.empty()
            ? std::function<void(std::vector<exchange::Delivery>)>()
            : [this](std::vector<exchange::Delivery> owed) { sender_->submit(std::move(owed)); },
        [this](const exchange::ConfirmationOut& confirmation) {
          return shipped_message(shipped_, config_, confirmation);
        },
        [this](StoredManifest manifest) { keep_manifest(std::move(manifest)); },
        [this](StoredManifest manifest) {
          return manifest_slips(paper_of(std::move(manifest)), config_, templates_);
        }};
  }

  report::ManifestPaper paper_of(StoredManifest manifest) {
    return manifest_paper(std::move(manifest), journal_->genesis().bench, config_, *catalog_);
  }

  // A folder of PDFs, one a visit; the journal has it all whatever becomes of them.
  void keep_manifest(StoredManifest manifest) {
    worker_->run([folder = in_data(data_, "manifests"), language = config_.language,
                  paper = paper_of(std::move(manifest))] {
      const auto text = report::manifest_pdf(paper, language);
      const std::string name = paper.manifest.id + ".pdf";
      const Status kept =
          text ? host::write_whole_file(folder, name, text.value()) : Status(text.error());
      if (!kept)
        std::cerr << "packbench: " << folder << "/" << name
                  << " was not kept: " << kept.error().text
                  << "; packbench manifest makes it again\n";
    });
  }

  host::Config config_;
  std::unique_ptr<store::Journal> journal_;
  std::unique_ptr<store::Catalog> catalog_;
  std::string outbox_;
  std::string data_;
  const std::vector<label::LabelTemplate> templates_;
  const Shipped shipped_;
  const std::string secret_;
  const std::function<void(ports::Lane, Barcode)> scanned_;
  const std::function<void()> told_;
  std::mutex early_;  // guards that there is a host
  std::unique_ptr<host::Host> host_;
  std::unique_ptr<BenchDevices> devices_;
  std::unique_ptr<Worker> worker_;
  std::unique_ptr<exchange::HttpSender> sender_;  // none without an address
  std::unique_ptr<exchange::HttpPoll> traces_;    // the same
};

}  // namespace

void random_bytes(std::span<std::uint8_t> out) {
  randombytes_buf(out.data(), out.size());
}

Now machine_now() {
  static const std::string boot = boot_id();
  timespec wall{};
  timespec up{};
  ::clock_gettime(CLOCK_REALTIME, &wall);
  ::clock_gettime(CLOCK_BOOTTIME, &up);
  const auto us = [](const timespec& t) { return t.tv_sec * 1'000'000 + t.tv_nsec / 1'000; };
  return {{us(wall)}, {us(up)}, boot};
}

std::string in_data(const std::string& data, const std::string& path) {
  return path.empty() || path.front() == '/' ? path : data + "/" + path;
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return Error{"no_file", path + " cannot be read (" + std::strerror(errno) +
                                "); check the path and its permissions"};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string find_assets() {
  char self[4096];
  const ssize_t n = ::readlink("/proc/self/exe", self, sizeof self - 1);
  const std::string exe(self, n > 0 ? static_cast<std::size_t>(n) : 0);
  const std::string folder = exe.substr(0, exe.find_last_of('/'));
  for (const std::string place : {"/../../assets", "/../share/packbench"}) {
    if (::access((folder + place + "/checklists/default.json").c_str(), R_OK) == 0)
      return folder + place;
  }
  return folder;
}

Status make_folder(const std::string& path) {
  for (std::size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1))
    ::mkdir(path.substr(0, at).c_str(), 0777);
  if (::mkdir(path.c_str(), 0777) == 0 || errno == EEXIST) return Ok{};
  return Error{"no_folder", path + " cannot be made (" + std::strerror(errno) +
                                "); choose another --data directory"};
}

Result<host::Config> load_config(const Places& places) {
  std::string text;
  if (!places.config.empty()) {
    auto read = read_file(places.config);
    if (!read) return read.error();
    text = read.value();
  } else if (auto read = read_file(places.data + "/packbench.toml")) {
    text = read.value();
  }
  const auto named = host::checklist_path(text);
  if (!named) return named.error();
  const auto rules = read_file(named.value().empty() ? places.assets + "/checklists/default.json"
                                                     : in_data(places.data, named.value()));
  if (!rules) return rules.error();
  return host::parse_config(text, rules.value());
}

Result<std::unique_ptr<Bench>> Bench::open(const BenchOptions& options) {
  if (sodium_init() < 0) return Error{"no_random", "the machine gives no randomness"};
  const Places& places = options.places;
  if (const Status made = make_folder(places.data); !made) return made.error();
  auto config = load_config(places);
  if (!config) return config.error();
  if (options.language) config.value().language = *options.language;
  auto journal = store::Journal::open({places.data, "", new_journal(options.frozen_at)});
  if (!journal) return journal.error();
  if (options.frozen_at && !journal.value()->genesis().frozen_clock)
    return Error{"clock", places.data +
                              " was made with the real clock; --clock needs a data "
                              "directory of its own"};
  auto catalog = store::Catalog::open({places.data, ""});
  if (!catalog) return catalog.error();
  auto templates = load_templates(places);
  if (!templates) return templates.error();
  const auto lacking = host::check_templates(config.value().label, templates.value(),
                                             config.value().policy.default_carrier);
  if (lacking) return *lacking;
  auto shipped = load_shipped(places, config.value());
  if (!shipped) return shipped.error();
  const host::DeliveryConfig& delivery = config.value().delivery;
  auto secret = read_secret(places, delivery.url.empty() ? "" : delivery.secret_file, "delivery");
  if (!secret) return secret.error();
  auto bench = std::make_unique<RunningBench>(
      BenchParts{std::move(config).value(), std::move(journal).value(), std::move(catalog).value(),
                 std::move(templates).value(), std::move(shipped).value(),
                 std::move(secret).value()},
      options);
  if (const Status started = bench->start(options); !started) return started.error();
  return std::unique_ptr<Bench>(std::move(bench));
}

}  // namespace packbench::program
