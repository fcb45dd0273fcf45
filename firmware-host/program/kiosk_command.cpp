#include "program/kiosk_command.h"

#include <SDL.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <future>
#include <mutex>
#include <thread>

#include "domain/command_code.h"
#include "program/commands.h"
#include "program/demo.h"
#include "program/demo_shift.h"
#include "program/list_page.h"
#include "ui/kiosk.h"

namespace packbench::program {
namespace {

using namespace station;

// The bench on its thread: opens there, works there, ends there.
class HostThread {
 public:
  HostThread(BenchOptions options, ui::Kiosk& kiosk)
      : options_(with_scans(std::move(options))), kiosk_(kiosk), thread_([this] { work(); }) {}
  ~HostThread() { stop(); }
  HostThread(const HostThread&) = delete;
  HostThread& operator=(const HostThread&) = delete;

  Status opened() { return opened_.get_future().get(); }
  std::shared_ptr<const StationView> view() const { return host_.load()->view(); }
  void post(Input input) {
    // A full inbox means that the bench is far behind; the scan is not taken and no screen says so.
    if (!host_.load()->post(std::move(input)))
      std::fprintf(stderr, "packbench: the inbox is full\n");
  }
  // Read on the bench's thread between two inputs, and published.
  void ask_list(const std::string& name) {
    const std::lock_guard lock(mutex_);
    list_asked_ = name;
  }
  void stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }

 private:
  BenchOptions with_scans(BenchOptions options) {
    options.scanned = [this](ports::Lane from, Barcode code) { scan(from, std::move(code)); };
    return options;
  }

  // On the scanner's thread. Without a scanner of its own the dock takes what is scanned while its
  // screen is shown. Before the bench is open nothing is taken.
  void scan(ports::Lane from, Barcode code) {
    if (host_.load() == nullptr) return;
    const LaneId own = from == ports::Lane::dock ? LaneId::dock : LaneId::bench;
    post({dock_scanner_ ? own : kiosk_.lane(), Scan{std::move(code)}});
    kiosk_.scanned();
  }

  void work() {
    auto bench = Bench::open(options_);
    if (!bench) return opened_.set_value(bench.error());
    host::Host& host = bench.value()->host();
    host.on_publish([&] { kiosk_.publish(host.view()); });
    kiosk_.publish(host.view());
    dock_scanner_ = bench.value()->has_dock_scanner();
    host_ = &host;
    opened_.set_value(Ok{});
    while (!stop_) {
      if (host.pump_within(std::chrono::milliseconds(250))) continue;
      host.drain_feed();
      host.rest();
      read_list(*bench.value());
    }
  }

  void read_list(Bench& bench) {
    std::string name;
    {
      const std::lock_guard lock(mutex_);
      name = std::exchange(list_asked_, "");
    }
    if (name.empty()) return;
    auto page = read_list_page({bench.catalog(), bench.journal(), bench.config().policy}, name,
                               bench.host().now());
    if (!page) {
      std::fprintf(stderr, "packbench: %s\n", page.error().text.c_str());
      return kiosk_.publish_list({name, 0, {}, true});
    }
    kiosk_.publish_list(std::move(page).value());
  }

  const BenchOptions options_;
  ui::Kiosk& kiosk_;
  std::atomic<host::Host*> host_ = nullptr;  // set before opened() answers
  std::atomic<bool> dock_scanner_ = false;
  std::atomic<bool> stop_ = false;
  std::mutex mutex_;
  std::string list_asked_;  // guarded
  std::promise<Status> opened_;
  std::thread thread_;
};

bool parse_size(const std::string& text, ui::KioskOptions& options) {
  return std::sscanf(text.c_str(), "%dx%d", &options.width, &options.height) == 2 &&
         options.width >= 640 && options.height >= 480 && options.width <= 7680 &&
         options.height <= 4320;
}

Result<std::vector<ui::TrayItem>> demo_tray(const Places& places) {
  std::vector<ui::TrayItem> tray{{ui::TrayKind::badge, "李秀英 1001", "1001", ""}};
  auto catalog = store::Catalog::open({places.data, ""});
  if (!catalog) return catalog.error();
  for (int n = 1; n <= 24; ++n) {
    char number[16];
    std::snprintf(number, sizeof number, "SO-%04d", n);
    tray.push_back({ui::TrayKind::order, number, number, ""});
  }
  for (const char* sku : {"MUG-CREAM", "MUG-BLUE", "TEE-L", "TEE-M", "BOOK-PAT", "TEA-TIN",
                          "OIL-500", "LAMP-USB", "SOCK-5", "WATCH-S", "CARD-HAND"}) {
    const auto product = catalog.value()->product(sku);
    if (!product) return product.error();
    if (!product.value()) continue;
    const Product& p = *product.value();
    tray.push_back({ui::TrayKind::product, p.name + " " + p.variant,
                    p.barcodes.empty() ? p.sku : p.barcodes.front().code, p.sku});
  }
  for (const auto& [code, title] :
       {std::pair{"MAT-GIFT-BAG", "礼品袋"}, std::pair{"MAT-BUBBLE-ROLL", "气泡卷"},
        std::pair{"MAT-INNER-BAG", "内袋"}, std::pair{"MAT-BATTERY-MARK", "电池标"},
        std::pair{"MAT-SEAL", "封条"}})
    tray.push_back({ui::TrayKind::material, title, code, ""});
  for (const char* action : {"/check * pass", "/undo", "/printed yes", "/printed no"}) {
    for (const SheetCommand& command : sheet_commands()) {
      if (command.action == action)
        tray.push_back({ui::TrayKind::command, std::string(command.zh),
                        encode_command(action).value_or(""), ""});
    }
  }
  return tray;
}

ui::SiteChoices site_of(const host::Config& config) {
  ui::SiteChoices site;
  site.bench_name = config.bench_name;
  site.zone = config.policy.zone;
  site.carriers = {config.policy.default_carrier};
  site.carrier_names = config.carrier_names;
  for (const auto& [code, name] : config.carrier_names) {
    if (code != config.policy.default_carrier) site.carriers.push_back(code);
  }
  if (!config.policy.checklist.fail_reasons.empty())
    site.fail_reasons = config.policy.checklist.fail_reasons;
  return site;
}

// A demo's data directory; a played shift always begins with an empty bench.
std::string demo_folder(const KioskRequest& request) {
  if (request.data_given) return request.places.data;
  if (request.shift_orders > 0) return request.out + "/bench";
  return "packbench-demo";
}

int finish_shift(const KioskRequest& request, const Places& places) {
  ReportRequest report{places, "current", "", "pdf", request.out + "/report.pdf", request.language};
  const int pdf = run_report(report);
  report.format = "json";
  report.out = request.out + "/report.json";
  const int json = run_report(report);
  std::error_code ignored;
  std::filesystem::copy(
      places.data + "/labels", request.out + "/labels",
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing,
      ignored);
  std::printf("screenshots, labels and the report are in %s\n", request.out.c_str());
  return pdf != 0 ? pdf : json;
}

int play(const KioskRequest& request, const Places& places, ui::Kiosk& kiosk, HostThread& host,
         const std::vector<ui::TrayItem>& tray) {
  const Status played =
      play_shift({kiosk, [&] { return host.view(); }, tray, request.shift_orders, request.out});
  host.stop();
  if (!played) return fail(played.error());
  return finish_shift(request, places);
}

}  // namespace

int run_kiosk(const KioskRequest& request) {
  Places places = request.places;
  ui::KioskOptions options;
  if (!parse_size(request.size, options))
    return fail({"bad_option", "--size must be such as 1280x800"});
  if (request.demo) places.data = demo_folder(request);
  if (request.shift_orders > 0) {
    std::error_code ignored;
    if (!request.data_given) std::filesystem::remove_all(places.data, ignored);
    if (const Status made = make_folder(request.out); !made) return fail(made.error());
    if (::getenv("DISPLAY") == nullptr) ::setenv("SDL_VIDEODRIVER", "offscreen", 0);
  }
  if (request.demo) {
    if (const Status ready = prepare_demo(places, machine_now().wall); !ready)
      return fail(ready.error());
    auto tray = demo_tray(places);
    if (!tray) return fail(tray.error());
    options.tray = std::move(tray).value();
  }
  const auto config = load_config(places);
  if (!config) return fail(config.error());
  options.language = request.language.value_or(config.value().language);
  options.fullscreen = request.fullscreen;
  options.font_list = places.assets + "/fonts/list.txt";
  options.site = site_of(config.value());
  options.now = [] { return machine_now().wall; };
  const std::vector<ui::TrayItem> tray = options.tray;
  if (request.shift_orders > 0) options.tray.clear();
  auto kiosk = ui::Kiosk::create(std::move(options));
  if (!kiosk) return fail(kiosk.error());
  // SDL falls back to a driver without a picture; a bench that nobody sees is no bench.
  const std::string driver = SDL_GetCurrentVideoDriver();
  const bool unseen = driver == "offscreen" || driver == "dummy";
  if (unseen && request.shift_orders == 0 && ::getenv("SDL_VIDEODRIVER") == nullptr)
    return fail({"no_display",
                 "there is no display; start it where there is one, or play a shift "
                 "without one: packbench kiosk --demo --shift 20"});
  HostThread host({places, std::nullopt, request.language}, *kiosk.value());
  if (const Status opened = host.opened(); !opened) return fail(opened.error());
  kiosk.value()->set_ask_list([&](const std::string& name) { host.ask_list(name); });
  kiosk.value()->set_post([&](Input input) { host.post(std::move(input)); });
  if (request.shift_orders > 0) return play(request, places, *kiosk.value(), host, tray);
  const Status ran = kiosk.value()->run();
  host.stop();
  return ran ? 0 : fail(ran.error());
}

}  // namespace packbench::program
