// kill -9 at random moments, again and again: what was answered is there afterwards, what was not
// is there wholly or not at all, no parcel gets a second live label and no order a second
// confirmation. PACKBENCH_TEST_SCALE=full kills 2,000 times, else it goes on for 30 seconds. A
// failure prints its seed; PACKBENCH_TEST_SEED replays the same lines (the moments of the kills are
// the machine's).
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <thread>

#include "tests/console/restless_packer.h"
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

using Clock = std::chrono::steady_clock;

std::uint64_t seed() {
  const char* given = std::getenv("PACKBENCH_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

bool at_full_scale() {
  const char* scale = std::getenv("PACKBENCH_TEST_SCALE");
  return scale != nullptr && std::string(scale) == "full";
}

// A day's waybills: more than could ever be spoilt.
std::string many_waybills() {
  std::string out = "carrier,service,number\n";
  for (int i = 1; i <= 500; ++i)
    out += "SF,standard,SF2" + std::to_string(100'000'000'000 + i) + "\n";
  return out;
}

class Kill : public BenchTest {
 protected:
  static constexpr int orders_a_day = 12;

  int between(int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random_);
  }

  // A new directory with orders of every kind.
  void begin_day() {
    console_.reset();
    day_ = std::make_unique<DataDirectory>();
    day_->write("packbench.toml", bench_toml());
    std::vector<Json> orders;
    std::vector<RestlessPacker::Task> tasks;
    for (int i = 1; i <= orders_a_day; ++i) {
      const std::string number = "SO-" + std::to_string(i);
      const int kind = i % 3;
      orders.push_back(kind == 0   ? order(number, {{"TEE-L", 1}})
                       : kind == 1 ? order(number, {{"MUG-01", 2}, {"TEE-L", 1}},
                                           {{"gift", true}, {"gift_message", "for you"}})
                                   : order(number, {{"MUG-01", 1}, {"OIL", 1}}));
      tasks.push_back({number, kind == 0 ? std::vector<std::string>{"5901234123457"}
                               : kind == 1
                                   ? std::vector<std::string>{"4006381333931", "5901234123457"}
                                   : std::vector<std::string>{"4006381333931", "6930000000042"}});
    }
    const ProgramResult result = run_program({"import", "--data", day_->path(),
                                              day_->write("operators.csv", operators_csv()),
                                              day_->write("products.jsonl", products_jsonl()),
                                              day_->write("waybills.csv", many_waybills()),
                                              day_->write("orders.jsonl", json_lines(orders))});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    watch_files();
    start();
    known_ = console_->say("/view");
    const std::string bench =
        DatabaseFile(day_->path("journal.db"))
            .text("SELECT json_extract(payload, '$.bench') FROM record WHERE seq = 1");
    packer_ = std::make_unique<RestlessPacker>(*day_, bench, random_);
    for (const auto& task : tasks) packer_->give(task);
    line_.clear();
  }

  void start() {
    console_ = std::make_unique<ConsoleProcess>(ConsoleStart{day_->path(), noon, {}, -1});
  }

  // Says some lines; the program dies in the middle of the last one, or after it. False where the
  // day is over.
  bool work_and_kill() {
    const bool aimed = between(0, 1) == 0;
    for (int left = aimed ? 20 : between(0, 6);; --left) {
      const std::string line = packer_->next(known_);
      if (line.empty()) return false;
      forget_files();
      console_->send(line);
      if (left <= 0 || (aimed && a_file_comes_first())) return kill_after(line), true;
      const auto answer = console_->receive();
      if (!answer) return ADD_FAILURE() << "no answer to " << line, false;
      take_answer(line, *answer);
      if (HasFailure()) return false;
    }
  }

  // A label or an outbox file has come into being and nobody was told yet.
  bool a_file_comes_first() {
    std::array<pollfd, 2> fds{{{console_->output(), POLLIN, 0}, {watch_, POLLIN, 0}}};
    while (::poll(fds.data(), fds.size(), 60'000) < 0) {
    }
    return fds[0].revents == 0 && fds[1].revents != 0;
  }

  void watch_files() {
    if (watch_ >= 0) ::close(watch_);
    watch_ = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    for (const char* folder : {"labels", "outbox"}) {
      std::filesystem::create_directory(day_->path(folder));
      // Finished files are renamed into place.
      EXPECT_GE(::inotify_add_watch(watch_, day_->path(folder).c_str(), IN_MOVED_TO), 0);
    }
  }

  void forget_files() {
    std::array<char, 4096> events{};
    while (::read(watch_, events.data(), events.size()) > 0) {
    }
  }

  void kill_after(const std::string& line) {
    constexpr std::array longest_us{300, 3'000, 60'000};
    const int longest = longest_us[static_cast<std::size_t>(between(0, 2))];
    std::this_thread::sleep_for(std::chrono::microseconds(between(0, longest)));
    console_->kill();
    if (const auto answer = console_->receive(std::chrono::milliseconds(0)))
      return take_answer(line, *answer);
    packer_->said(line, known_);
    line_ = line;
    ++unanswered_;
  }

  void take_answer(const std::string& line, const Json& answer) {
    ++answered_;
    if (answer["accepted"] == true) packer_->said(line, known_);
    packer_->heard(answer);
    stuck_ = lasting(answer) == lasting(known_) ? stuck_ + 1 : 0;
    EXPECT_LT(stuck_, 50) << "nothing gets on after " << line << ": " << answer;
    known_ = answer;
    line_.clear();
  }

  // Some starts do not get far either.
  void start_again() {
    while (between(0, 9) == 0) {
      start();
      std::this_thread::sleep_for(std::chrono::microseconds(between(0, 60'000)));
      console_->kill();
      ++kills_;
    }
    start();
    const Json now = console_->say("/view");
    ASSERT_TRUE(now.contains("phase")) << "it does not start again";
    EXPECT_EQ(half_done(line_, known_, now), "");
    packer_->heard(now);
    known_ = now;
    line_.clear();
  }

  // Paper and files, as somebody who walks past would count them.
  void audit() {
    std::map<std::string, int> printed;
    for (const std::string& name : day_->list("labels")) {
      if (!name.ends_with(".zpl") || name.front() == '.') continue;
      const std::string job = name.substr(0, name.size() - 4);
      // NUMBER-ATTEMPT of a label, BENCH-WORK-cardN-COPY of a card; more where a name was taken.
      const bool card = job.find("-card") != std::string::npos;
      EXPECT_EQ(std::count(job.begin(), job.end(), '-'), card ? 3 : 1) << "twice: " << name;
      if (card) continue;
      ++printed[job.substr(0, job.find('-'))];
    }
    for (const auto& [number, count] : printed)
      EXPECT_LE(count, packer_->labels_allowed(number)) << "nobody asked for a label of " << number;
    std::set<std::string> confirmed;
    for (const std::string& file : day_->list("outbox")) {
      if (file.front() == '.') continue;  // what a kill left half written bears another name
      std::istringstream lines(day_->read("outbox/" + file));
      for (std::string line; std::getline(lines, line);) {
        const Json confirmation = Json::parse(line, nullptr, false);
        ASSERT_FALSE(confirmation.is_discarded()) << file << ": " << line;
        EXPECT_TRUE(confirmed.insert(confirmation["confirmation"]).second) << line;
      }
    }
    confirmed_ = confirmed.size();
  }

  void end_day() {
    audit();
    EXPECT_EQ(confirmed_, static_cast<std::size_t>(orders_a_day))
        << "every order was confirmed once";
    console_->quit();
    const ProgramResult sound = run_program({"verify", "--data", day_->path()});
    EXPECT_EQ(sound.exit_code, 0) << sound.out << sound.err;
    console_.reset();
  }

  void TearDown() override {
    if (watch_ >= 0) ::close(watch_);
  }

  int watch_ = -1;
  std::mt19937_64 random_;
  std::unique_ptr<DataDirectory> day_;
  std::unique_ptr<RestlessPacker> packer_;
  Json known_;        // the last answer
  std::string line_;  // that got no answer
  int kills_ = 0, unanswered_ = 0, answered_ = 0, stuck_ = 0;
  std::size_t confirmed_ = 0;
};

TEST_F(Kill, loses_nothing_that_was_answered_and_doubles_nothing) {
  const std::uint64_t from = seed();
  SCOPED_TRACE("PACKBENCH_TEST_SEED=" + std::to_string(from));
  random_.seed(from);
  const bool full = at_full_scale();
  const auto end = Clock::now() + std::chrono::seconds(30);
  int days = 0;
  while (!HasFailure() && (full ? kills_ < 2'000 : Clock::now() < end)) {
    begin_day();
    ++days;
    while (!HasFailure() && work_and_kill()) {
      ++kills_;
      start_again();
      if (HasFailure()) break;
      audit();
    }
    if (!HasFailure()) end_day();
  }
  RecordProperty("kills", kills_);
  std::cout << kills_ << " kills in " << days << " days, " << answered_ << " answered lines, "
            << unanswered_ << " lines without an answer" << std::endl;
  EXPECT_GT(kills_, 20);
}

}  // namespace
}  // namespace packbench::test
