// World: everything around the bench in one seed: clock, printer, outbox folder, scale, disk and
// the moment when the power goes. What happens in it is told to the auditor. A crash leaves a
// device by throwing Crash through the host; a disk that dies under SQLite only answers with
// errors, and the next device that is touched throws. Thread rule: one thread.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auditor.h"
#include "base/result.h"
#include "base/units.h"
#include "label/label.h"
#include "ports/label_printer.h"
#include "random.h"
#include "tests/store/fault_vfs.h"

namespace packbench::simulation {

struct Crash {};

// How bad a seed's day is; chances are out of 1000.
struct Weather {
  int printer = 0;   // a job meets trouble
  int delay = 0;     // an answer does not wait for what is under way
  int crash = 0;     // a crash is on its way, per input
  int disk = 0;      // a fault of the disk is on its way, per input
  int mistakes = 0;  // the people err
};
Weather make_weather(Rng& chance);

// A label on paper, wherever it is.
struct Paper {
  std::string number;
  int attempt = 0;
  std::string small_code;
  bool destroyed = false;
};

class World : public ports::LabelPrinter {
 public:
  World(std::uint64_t seed, Auditor& auditor);

  // Devices, as HostParts wants them.
  Now clock();
  Instant now() const { return wall_; }
  Result<label::Label> draw(const label::LabelContent& content);
  Result<label::Label> draw_card(const label::LabelContent& content);
  Status ready() override;
  ports::PrintOutcome print(const ports::PrintJob& job, Duration deadline) override;
  Result<std::string> write_outbox(const std::string& name, const std::string& text);
  std::optional<std::int64_t> stable_weight();

  // Slow jobs wait here until they are run, in their order.
  void add_job(std::function<void()> job) { jobs_.push_back(std::move(job)); }
  bool has_job() const { return !jobs_.empty(); }
  void run_job();
  void lose_jobs() { jobs_.clear(); }

  // Trouble. The machine stops after `steps` more steps of its disk or of its devices.
  void plan_crash(int steps, bool in_disk);
  void fail_next_sync() { disk.fail_syncs(1); }
  void fill_disk(std::uint64_t bytes_left) { disk.set_capacity(disk.bytes_used() + bytes_left); }
  void free_disk() { disk.set_capacity(std::nullopt); }
  void calm();
  void stop();  // at once
  bool crashed() const { return stopped_ || disk.stopped(); }
  void throw_if_crashed() const;
  // The machine starts again; every handle of the disk must be closed.
  void restart(bool power_cut);

  void pass(Duration time);
  void jump_clock(Duration by) { wall_ = wall_ + by; }
  void put_on_scale(std::optional<std::int64_t> grams) { scale_ = grams; }

  void note(const std::string& text);
  void keep_trace(std::function<void(const std::string&)> sink) { sink_ = std::move(sink); }
  const std::deque<std::string>& last_notes() const { return notes_; }

  Rng chance;
  Weather weather;
  store::FaultDisk disk;
  std::vector<Paper> papers;
  std::vector<Paper> late_papers;  // come out of the printer when it feels like it

 private:
  void device_step();
  void tell_printed(const std::string& bytes, bool denied, bool on_paper, bool late);

  Auditor& auditor_;
  Instant wall_{1'795'000'000'000'000};
  Duration since_boot_{};
  int boots_ = 1;
  std::deque<std::function<void()>> jobs_;
  std::optional<std::int64_t> scale_;
  int stops_in_ = 0;  // steps of the devices; 0: nothing is planned
  bool stopped_ = false;
  std::function<void(const std::string&)> sink_;
  std::deque<std::string> notes_;
};

}  // namespace packbench::simulation
