#include "world.h"

#include <sstream>
#include <utility>

#include "domain/label_code.h"

namespace packbench::simulation {
namespace {

constexpr std::size_t notes_kept = 60;
constexpr std::uint64_t never = 1'000'000'000'000;

Paper paper_of(const std::string& bytes) {
  Paper paper;
  std::string head;
  std::istringstream words(bytes);
  words >> head >> paper.number >> paper.attempt >> paper.small_code;
  return paper;
}

}  // namespace

Weather make_weather(Rng& chance) {
  Weather weather;
  weather.printer = chance.pick<int>({0, 30, 250});
  weather.delay = chance.pick<int>({0, 50, 300});
  weather.crash = chance.pick<int>({0, 10, 40, 120});
  weather.disk = chance.pick<int>({0, 0, 10, 40});
  weather.mistakes = chance.pick<int>({50, 150, 400});
  return weather;
}

World::World(std::uint64_t seed, Auditor& auditor)
    : chance(seed), weather(make_weather(chance)), disk(seed), auditor_(auditor) {}

void World::plan_crash(int steps, bool in_disk) {
  if (in_disk)
    disk.stop_after(static_cast<std::uint64_t>(steps));
  else
    stops_in_ = steps;
}

void World::stop() {
  stopped_ = true;
  disk.stop_after(0);
}

void World::throw_if_crashed() const {
  if (crashed()) throw Crash{};
}

void World::device_step() {
  throw_if_crashed();
  if (stops_in_ == 0 || --stops_in_ > 0) return;
  stop();
  note("  the machine stops at a device");
  throw Crash{};
}

Now World::clock() {
  throw_if_crashed();
  pass(Duration::milliseconds(1));
  return {wall_, since_boot_, "boot-" + std::to_string(boots_)};
}

void World::pass(Duration time) {
  wall_ = wall_ + time;
  since_boot_ = since_boot_ + time;
}

Result<label::Label> World::draw(const label::LabelContent& content) {
  device_step();
  if (chance.permille(weather.printer / 10)) return Error{"label_unprintable", "bad_address"};
  label::Label label;
  label.job = "LABEL " + content.waybill + " " + std::to_string(content.attempt) + " " +
              encode_label_code({content.bench, content.waybill, content.attempt}) + "\n";
  label.hash = label::content_hash(label.job);
  return label;
}

Result<label::Label> World::draw_card(const label::LabelContent& content) {
  device_step();
  if (chance.permille(weather.printer / 10)) return Error{"label_unprintable", "bad_word"};
  label::Label card;
  card.job = "CARD " + content.gift_message + "\n";
  card.hash = label::content_hash(card.job);
  return card;
}

Status World::ready() {
  device_step();
  if (chance.permille(weather.printer / 4)) return Error{"media-empty", "put in a new roll"};
  return Ok{};
}

void World::tell_printed(const std::string& bytes, bool denied, bool on_paper, bool late) {
  auditor_.printed(bytes, denied);
  note("  printer: " + bytes.substr(0, bytes.find('\n')) + (denied ? ", denied" : "") +
       (on_paper ? "" : ", no paper") + (late ? ", late" : ""));
  if (on_paper && bytes.starts_with("LABEL"))
    (late ? late_papers : papers).push_back(paper_of(bytes));
}

// Whatever the printer says, the auditor hears of every job that it took bytes of.
ports::PrintOutcome World::print(const ports::PrintJob& job, Duration deadline) {
  using ports::PrintResult;
  device_step();  // unplugged before the first byte
  const std::string bytes(job.bytes);
  if (!chance.permille(weather.printer)) {
    tell_printed(bytes, false, true, false);
    device_step();  // after the last byte, before anybody knows
    return {PrintResult::printed, "", bytes.size()};
  }
  switch (chance.below(6)) {
    case 0:
      return {PrintResult::rejected, "offline", 0};
    case 1:  // takes everything and prints nothing
      tell_printed(bytes, false, false, false);
      device_step();
      return {PrintResult::printed, "", bytes.size()};
    case 2:  // silent, and nothing comes
      tell_printed(bytes, false, false, false);
      pass(deadline);
      device_step();
      return {PrintResult::unknown, "time-out", bytes.size() / 2};
    case 3:  // silent, and the label is there
      tell_printed(bytes, false, true, false);
      pass(deadline);
      device_step();
      return {PrintResult::unknown, "time-out", bytes.size()};
    case 4:  // silent, and the label comes when the paper is mended
      tell_printed(bytes, false, true, true);
      pass(deadline);
      device_step();
      return {PrintResult::unknown, "cover-open", bytes.size()};
    default:  // says that nothing came through, and prints
      tell_printed(bytes, true, true, false);
      device_step();
      return {PrintResult::rejected, "offline", 0};
  }
}

Result<std::string> World::write_outbox(const std::string& name, const std::string& text) {
  device_step();
  if (chance.permille(weather.disk)) return Error{"no_space", "free some space"};
  note("  outbox: " + name);
  auditor_.outbox(name, text);
  device_step();  // the file is there and no record says so
  return name;
}

std::optional<std::int64_t> World::stable_weight() {
  throw_if_crashed();
  return scale_;
}

void World::run_job() {
  device_step();
  const auto job = std::move(jobs_.front());
  jobs_.pop_front();
  job();
}

void World::calm() {
  stops_in_ = 0;
  disk.stop_after(never);
  disk.fail_syncs(0);
  free_disk();
}

void World::restart(bool power_cut) {
  lose_jobs();
  if (power_cut) {
    disk.cut_power();
    ++boots_;
    since_boot_ = {};
  } else {
    disk.kill();
  }
  stopped_ = false;
  calm();
  note(power_cut ? "  power cut" : "  kill");
}

void World::note(const std::string& text) {
  if (sink_) sink_(text);
  notes_.push_back(text);
  if (notes_.size() > notes_kept) notes_.pop_front();
}

}  // namespace packbench::simulation
