#include "simulation.h"

#include <fstream>
#include <iterator>
#include <optional>

#include "base/check.h"
#include "carrier.h"
#include "domain/barcode.h"
#include "host/answer_json.h"
#include "people.h"
#include "station/messages.h"

namespace packbench::simulation {
namespace {

constexpr int start_tries = 20;
constexpr int settle_limit = 200;

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

host::Config make_config(Rng& chance, std::int64_t compensation_percent) {
  static const std::string rules = read_text(PACKBENCH_ASSETS "/checklists/default.json");
  host::Config config;
  config.language = station::Language::en;
  station::Policy& policy = config.policy;
  policy.default_carrier = "SF";
  policy.delivers = true;
  policy.platforms[""].compensation_percent = compensation_percent;
  policy.weight = chance.pick<station::WeightPolicy>({station::WeightPolicy::none,
                                                      station::WeightPolicy::before_print,
                                                      station::WeightPolicy::at_label_scan});
  policy.has_scale = chance.below(2) == 0;
  auto checklist = parse_checklist(rules);
  CHECK(checklist.ok());
  policy.checklist = std::move(checklist).value();
  return config;
}

class Seed {
 public:
  Seed(std::uint64_t seed, const SimulationOptions& options)
      : options_(options),
        world_(seed, auditor_),
        shop_(world_.chance, auditor_),
        people_(world_, shop_),
        carrier_(seed, auditor_),
        config_(make_config(world_.chance, options.compensation_percent)),
        connector_(seed, auditor_),
        machine_(world_, connector_, config_, options.make, options.folder, options.synchronous) {
    if (options.carrier) shop_.set_prices();
    if (options.trace) world_.keep_trace(options.trace);
    for (const CheckRule& rule : config_.policy.checklist.checks) {
      for (const std::string& material : rule.materials) auditor_.knows_material(material);
    }
  }

  Outcome run() {
    start();
    import(shop_.opening());
    import(shop_.new_orders(world_.chance.between(4, 12)));
    for (int i = 0; i < options_.steps && auditor_.violations().empty(); ++i) step();
    if (auditor_.violations().empty()) end();
    outcome_.violations = auditor_.violations();
    outcome_.violations.insert(outcome_.violations.end(), own_violations_.begin(),
                               own_violations_.end());
    outcome_.confirmed = auditor_.confirmations();
    outcome_.returned = auditor_.numbers_returned();
    outcome_.cards = auditor_.cards();
    outcome_.accepted = auditor_.accepted();
    outcome_.listed = auditor_.parcels_listed();
    outcome_.last_notes.assign(world_.last_notes().begin(), world_.last_notes().end());
    world_.calm();
    machine_.close();
    return std::move(outcome_);
  }

 private:
  void violation(const std::string& text) { own_violations_.push_back(text); }

  // Opens the bench, as often as it takes where the machine stops while it starts.
  void start() {
    for (int i = 0; i < start_tries; ++i) {
      try {
        const Status opened = machine_.open();
        if (!opened) violation("the bench does not start: " + opened.error().text);
        if (opened) known_ ? auditor_.restarted(show()) : auditor_.begins(show());
        known_ = known_ || opened.ok();
        return;
      } catch (const Crash&) {
        after_crash();
      }
    }
    violation("the bench does not start");
  }

  void after_crash() {
    ++outcome_.crashes;
    world_.stop();
    machine_.close();
    world_.restart(world_.chance.below(2) == 0);
    if (world_.chance.permille(world_.weather.crash)) plan_crash();
  }

  void restart_after_crash() {
    after_crash();
    start();
  }

  void plan_crash() {
    const bool in_disk = world_.chance.below(2) == 0;
    world_.plan_crash(1 + world_.chance.below(in_disk ? 60 : 8), in_disk);
  }

  std::string show() { return host::answer_json(*machine_.bench().view(), station::Language::en); }

  void step() {
    if (options_.carrier && carrier_.is_due()) return afterwards();
    Rng& chance = world_.chance;
    const int event = chance.below(1000);
    if (event < 60) return news();
    if (event < 80) return import(shop_.new_orders(chance.between(1, 3)));
    if (event < 90) return restart_in_order();
    // A report from before its number was given out is nobody's: that clock must not run back.
    if (event < 105 && !options_.carrier)
      world_.jump_clock(Duration::minutes(chance.between(-300, 300)));
    if (event < 125) world_.pass(Duration::minutes(chance.between(1, 90)));
    if (chance.permille(world_.weather.crash)) plan_crash();
    if (chance.permille(world_.weather.disk)) {
      if (chance.below(2) == 0)
        world_.fail_next_sync();
      else
        world_.fill_disk(static_cast<std::uint64_t>(chance.between(0, 40)) * 4096);
    } else if (chance.permille(150)) {
      world_.free_disk();
    }
    world_.pass(Duration::seconds(chance.between(0, 20)));
    give(people_.next(*machine_.bench().view()));
  }

  void afterwards() {
    world_.pass(Duration::minutes(1));
    if (world_.chance.permille(500)) {
      if (const auto batch = carrier_.report(world_.now())) import(*batch);
    } else if (const auto deed = carrier_.deed()) {
      give(*deed);
    }
  }

  void hand_over(const Deed& deed) {
    if (deed.line == "/view") return machine_.bench().look();
    station::Input input;
    input.lane = deed.dock ? station::LaneId::dock : station::LaneId::bench;
    if (deed.line.front() == '/')
      input.body = station::parse_command_line(deed.line);
    else
      input.body = station::Scan{parse_scan(deed.line)};
    machine_.bench().input(input);
  }

  void give(const Deed& deed) {
    ++outcome_.inputs;
    world_.note((deed.dock ? "dock  " : "bench ") + deed.line);
    auditor_.time(world_.now().us);
    auditor_.input(deed.line, deed.dock);
    try {
      hand_over(deed);
      settle(false);
      world_.throw_if_crashed();
    } catch (const Crash&) {
      auditor_.unanswered();
      restart_after_crash();
      return people_.see_restart(deed);
    }
    const auto view = machine_.bench().view();
    world_.note("  " + std::string(view->accepted ? "accepted " : "refused ") +
                std::string(station::phase_name(view->phase)) +
                (view->alert ? " " + view->alert->name : ""));
    if (view->alert) ++outcome_.seen[view->alert->name];
    auditor_.answer(host::answer_json(*view, station::Language::en));
    people_.see(*view, deed);
    broken_ = view->alert && view->alert->name == "storage_fault";
    rest();
  }

  // What goes on behind an answer, and what the program does between parcels.
  void rest() {
    try {
      if (!world_.has_job() || world_.chance.permille(world_.weather.delay)) {
        machine_.bench().rest();
      } else {
        settle(false);
        auditor_.shown(show());
      }
      answer_posts();
      world_.throw_if_crashed();
    } catch (const Crash&) {
      return restart_after_crash();
    }
    // A failing disk is looked after, and the program is started again.
    if (broken_ && world_.chance.permille(300)) {
      world_.calm();
      restart_in_order();
    }
  }

  void answer_posts() {
    auto answers = connector_.answers();
    if (answers.empty()) return;
    machine_.bench().delivered(std::move(answers));
    while (machine_.bench().pump()) {
    }
  }

  void settle(bool wholly) {
    for (int i = 0; i < settle_limit; ++i) {
      while (machine_.bench().pump()) {
      }
      if (!world_.has_job()) return;
      if (!wholly && world_.chance.permille(world_.weather.delay)) return;
      world_.run_job();
    }
    violation("it does not come to rest");
  }

  void restart_in_order() {
    world_.note("restart");
    machine_.close();
    if (world_.crashed()) return restart_after_crash();
    world_.restart(false);
    start();
  }

  // Tried again until it comes through.
  void import(const ImportBatch& batch) {
    for (int i = 0; i < start_tries; ++i) {
      try {
        const Status done = machine_.import(batch);
        world_.note(done ? "import" : "import failed: " + done.error().text);
        if (done) return;
        world_.calm();
      } catch (const Crash&) {
        restart_after_crash();
      }
    }
    violation("an import does not come through");
  }

  void news() {
    const auto news = shop_.news();
    if (!news) return;
    world_.note("news  " + news->what + " " + news->order + " line " + std::to_string(news->line));
    shop_.tried(*news);
    import(news->batch);
    shop_.came_through(*news);
  }

  void end() {
    world_.calm();
    world_.weather = Weather{};
    world_.note("the end");
    restart_in_order();
    settle(true);
    while (connector_.waits()) answer_posts();
    auditor_.shown(show());
    if (machine_.bench().sends()) auditor_.all_posted();
    auditor_.settled();
    if (options_.carrier) look_at_lists();
    const Status sound = machine_.verify();
    if (!sound) violation("verify: " + sound.error().text);
  }

  void look_at_lists() {
    world_.pass(carrier_.absence());
    auditor_.time(world_.now().us);
    const auto rows = machine_.lists();
    if (!rows) return violation("lists: " + rows.error().text);
    auditor_.listed(rows.value());
  }

  const SimulationOptions& options_;
  Auditor auditor_;
  World world_;
  Shop shop_;
  People people_;
  Carrier carrier_;
  const host::Config config_;
  Connector connector_;
  Machine machine_;
  Outcome outcome_;
  std::vector<std::string> own_violations_;
  bool known_ = false;   // the auditor has seen the bench
  bool broken_ = false;  // the last answer was a fault of the disk
};

}  // namespace

Outcome simulate(std::uint64_t seed, const SimulationOptions& options) {
  return Seed(seed, options).run();
}

}  // namespace packbench::simulation
