// Carriers' traces from an address that the bench asks, through the program as it is, with a server
// that does whatever servers do.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "exchange/signature.h"
#include "tests/support/bench_test.h"
#include "tests/support/http_server.h"
#include "tests/support/soon.h"

namespace packbench::test {
namespace {

using namespace std::chrono_literals;
using How = HttpReply::How;

constexpr const char* kPickedUp = R"({"time":"2026-11-22 13:00:00","text":"快递员已揽收"})";
constexpr const char* kAtHub =
    R"({"time":"2026-11-22 15:00:00","text":"快件到达 【杭州转运中心】"})";

std::string shipment(const std::string& number, const std::string& events) {
  return R"({"carrier":"SF","number":")" + number + R"(","events":[)" + events + "]}";
}
HttpReply answer(const std::string& shipments, const std::string& next,
                 const std::string& more = {}) {
  return {200, {}, R"({"shipments":[)" + shipments + R"(],"next":")" + next + "\"" + more + "}"};
}

// A service that knows what carriers say. The test says what comes back.
class Tracker {
 public:
  HttpReply take(const HttpRequest& request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    times_.push_back(std::chrono::steady_clock::now());
    if (once_.empty()) return always_;
    HttpReply reply = std::move(once_.front());
    once_.erase(once_.begin());
    return reply;
  }
  void answers(HttpReply reply) {
    const std::lock_guard lock(mutex_);
    always_ = std::move(reply);
  }
  void answers_once(HttpReply reply) {
    const std::lock_guard lock(mutex_);
    once_.push_back(std::move(reply));
  }
  std::vector<HttpRequest> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  std::size_t count() { return requests().size(); }
  std::string last_path() {
    const auto all = requests();
    return all.empty() ? "" : all.back().path;
  }
  std::chrono::steady_clock::duration between(std::size_t one, std::size_t other) {
    const std::lock_guard lock(mutex_);
    return times_.at(other) - times_.at(one);
  }
  // Whether what was to be answered once has been, and a question came after it.
  bool went_on() {
    std::size_t seen = 0;
    return soon([&] {
             const std::lock_guard lock(mutex_);
             seen = requests_.size();
             return once_.empty();
           }) &&
           soon([&] { return count() > seen; });
  }

 private:
  std::mutex mutex_;
  HttpReply always_{200, {}, "[]"};
  std::vector<HttpReply> once_;
  std::vector<HttpRequest> requests_;
  std::vector<std::chrono::steady_clock::time_point> times_;
};

class TracePoll : public BenchTest {
 protected:
  void serve(std::optional<Certificate> tls = std::nullopt, const std::string& more = {}) {
    server_.reset();
    server_ = std::make_unique<HttpServer>(
        [this](const HttpRequest& request) { return tracker_.take(request); }, std::move(tls));
    configure_traces("/traces", more);
  }
  // Asked as often as may be, so that no test waits for long.
  void configure_traces(const std::string& path, const std::string& more = {}, int interval_s = 1) {
    configure("[traces]\nurl = \"" + server_->url(path) +
              "\"\ninterval_s = " + std::to_string(interval_s) + "\n" + more);
  }
  void hand_over_one() {
    begin({order("SO-A", {{"TEE-L", 1}})});
    number_ = ship("SO-A", {tee});
    take_all({"/handover SF", number_, "/close-manifest"});
  }
  std::int64_t listed(const std::string& name) { return say("/list " + name)["count"]; }
  // The note that no traces come; null where there is none.
  Json note() {
    const Json seen = view();
    for (const Json& each : seen["notes"]) {
      if (each["code"] == "traces_late") return each;
    }
    return nullptr;
  }
  bool says(const std::string& word) {
    return soon([&] {
      const Json now = note();
      return !now.is_null() && now.dump().find(word) != std::string::npos;
    });
  }

  Tracker tracker_;
  std::unique_ptr<HttpServer> server_;
  std::string number_;
};

TEST_F(TracePoll, traces_come_by_themselves_and_stop_the_clocks) {
  serve();
  hand_over_one();
  EXPECT_EQ(listed("pending"), 1);
  tracker_.answers({200, {}, shipment(number_, kPickedUp)});
  ASSERT_TRUE(soon([&] { return listed("recorded") == 1; }));
  // An import beside it is not in its way, nor it in the import's.
  import("more.jsonl", json_lines({order("SO-B", {{ "BOOK", 1 }})}));
  tracker_.answers({200,
                    {},
                    "number,time,text,carrier\n" + number_ +
                        ",2026-11-22 15:00,快件到达 【杭州转运中心】,SF\n"});
  ASSERT_TRUE(soon([&] { return listed("recorded") == 0; }));
  EXPECT_NE(show("SO-A").dump().find("快递员已揽收"), std::string::npos);
  EXPECT_EQ(listed("pending") + listed("anomalies"), 0);
  const HttpRequest first = tracker_.requests().front();
  EXPECT_EQ(first.method, "GET");
  EXPECT_EQ(first.path, "/traces");
  EXPECT_EQ(first.headers.count("packbench-signature"), 0U);
  EXPECT_TRUE(note().is_null());
  EXPECT_EQ(verify(), "");
}

TEST_F(TracePoll, goes_on_where_the_last_answer_said_also_after_a_crash) {
  serve();
  hand_over_one();
  tracker_.answers(answer(shipment(number_, kPickedUp), "c/1 +ü"));
  const std::string asked = "/traces?since=c%2F1%20%2B%C3%BC";
  ASSERT_TRUE(soon([&] { return tracker_.last_path() == asked; }));
  // An answer that says nothing of it changes nothing about it.
  tracker_.answers({200, {}, "[]"});
  console_->kill();
  const std::size_t before = tracker_.count();
  open();
  ASSERT_TRUE(soon([&] { return tracker_.count() > before; }));
  EXPECT_EQ(tracker_.requests()[before].path, asked);
  // Nor does one without any content.
  tracker_.answers({204, {}, ""});
  console_.reset();
  configure_traces("/traces?shop=7");
  open();
  ASSERT_TRUE(soon([&] { return tracker_.last_path() == "/traces?shop=7"; }))
      << "another address counts anew";
  tracker_.answers(answer("", "7"));
  ASSERT_TRUE(soon([&] { return tracker_.last_path() == "/traces?shop=7&since=7"; }));
  EXPECT_EQ(verify(), "");
}

TEST_F(TracePoll, what_does_not_fit_into_one_answer_is_asked_for_at_once) {
  serve();
  hand_over_one();
  console_.reset();
  configure_traces("/traces", "", 3600);
  const std::string more = R"(,"more":true)";
  tracker_.answers_once(answer("", "1", more));
  tracker_.answers_once(answer(shipment(number_, kPickedUp), "2", more));
  tracker_.answers_once(answer(shipment(number_, kAtHub), "3", more));
  tracker_.answers(answer("", "3", more));
  const std::size_t before = tracker_.count();
  open();
  ASSERT_TRUE(soon([&] { return show("SO-A").dump().find("转运中心") != std::string::npos; }));
  ASSERT_TRUE(soon([&] { return tracker_.last_path() == "/traces?since=3"; }));
  // A server that has more and never says where is not asked again and again.
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(tracker_.count(), before + 4);
  EXPECT_EQ(listed("pending"), 0);
  EXPECT_EQ(verify(), "");
}

TEST_F(TracePoll, the_same_again_changes_nothing) {
  serve();
  hand_over_one();
  tracker_.answers({200, {}, shipment(number_, kPickedUp)});
  ASSERT_TRUE(soon([&] { return listed("recorded") == 1; }));
  const auto catalog = catalog_rows(dir_.path());
  const std::int64_t count = records();
  const std::size_t asked = tracker_.count();
  ASSERT_TRUE(soon([&] { return tracker_.count() >= asked + 2; }));
  view();
  EXPECT_EQ(catalog_rows(dir_.path()), catalog);
  EXPECT_EQ(records(), count);
}

// Besides what only servers can do, everything that the catalog must not take from this address.
std::vector<HttpReply> bad_answers() {
  const std::string good = shipment("SF1000000000009", kPickedUp);
  return {
      {200, {}, good, How::lost},
      {200, {}, good, How::reset},
      {200, {}, good, How::whole, 1h},
      {200, {}, ""},
      {302, {"Location: /elsewhere"}, good},
      {401, {}, "who are you?"},
      {500, {}, good},
      {503, {"Retry-After: 0"}, good},
      {200, {}, "<!DOCTYPE html><html><body>" + good + "</body></html>"},
      {200, {}, good.substr(0, good.size() - 5)},
      {200, {}, std::string(15 * 1024 * 1024, '[')},
      {200, {}, "[" + good + std::string(17 * 1024 * 1024, ' ') + "]"},
      answer(R"({"number":"SO-9","platform":"taobao","shop":"demo","lines":[]})", "evil"),
      {200, {}, json_lines({order("SO-9", {{"TEE-L", 1}})}) + good},
      {200, {}, "badge,name,role,pin\n6666,Mallory,supervisor,1234\n"},
  };
}

TEST_F(TracePoll, a_bad_answer_changes_nothing_and_is_asked_for_again) {
  serve(std::nullopt, "timeout_s = 1\n");
  tracker_.answers(answer(shipment("SF1000000000001", kPickedUp), "c1"));
  stock({});
  open();
  ASSERT_TRUE(soon([&] { return tracker_.last_path() == "/traces?since=c1"; }));
  const auto before = catalog_rows(dir_.path());
  for (const HttpReply& bad : bad_answers()) {
    tracker_.answers_once(bad);
    ASSERT_TRUE(tracker_.went_on()) << bad.status << bad.body.substr(0, 80);
    EXPECT_EQ(tracker_.last_path(), "/traces?since=c1") << bad.status << bad.body.substr(0, 80);
    EXPECT_EQ(catalog_rows(dir_.path()), before) << bad.status << bad.body.substr(0, 80);
  }
  take("/sign-in 1001");
}

TEST_F(TracePoll, of_an_answer_that_is_damaged_in_part_the_rest_is_taken) {
  serve();
  hand_over_one();
  tracker_.answers({200,
                    {},
                    shipment(number_, std::string(kPickedUp) + R"(,{"time":"yesterday"})") + "\n" +
                        json_lines({order("SO-9", {{"TEE-L", 1}})})});
  ASSERT_TRUE(soon([&] { return listed("recorded") == 1; }));
  EXPECT_EQ(DatabaseFile(dir_.path("catalog.db"))
                .count("SELECT count(*) FROM orders WHERE number = 'SO-9'"),
            0);
}

TEST_F(TracePoll, that_none_come_is_told_until_they_come_again) {
  serve();
  tracker_.answers({500, {}, "no such table"});
  stock({});
  open();
  ASSERT_TRUE(says("HTTP 500"));
  EXPECT_EQ(note()["text"], "Carriers' traces do not come: HTTP 500");
  // The packer's work goes on.
  take("/sign-in 1001", "awaiting_order");
  tracker_.answers({200, {}, "[]"});
  EXPECT_TRUE(soon([&] { return note().is_null(); }));
}

TEST_F(TracePoll, a_server_that_asks_for_time_gets_it_and_people_hear_of_it) {
  serve();
  tracker_.answers_once({429, {"Retry-After: 3"}});
  stock({});
  open();
  ASSERT_TRUE(says("HTTP 429"));
  ASSERT_TRUE(soon([&] { return tracker_.count() >= 2; }));
  EXPECT_GE(tracker_.between(0, 1), 3s);
  EXPECT_TRUE(soon([&] { return note().is_null(); }));
}

TEST_F(TracePoll, a_server_that_nobody_vouches_for_is_not_even_asked) {
  const auto certificate = make_certificate("127.0.0.1");
  dir_.write("other.pem", make_certificate("127.0.0.1").certificate);
  dir_.write("ca.pem", certificate.certificate);
  serve(certificate, "ca_file = \"other.pem\"\n");
  hand_over_one();
  tracker_.answers({200, {}, shipment(number_, kPickedUp)});
  ASSERT_TRUE(says("certificate"));
  EXPECT_EQ(tracker_.count(), 0U);
  configure_traces("/traces", "ca_file = \"ca.pem\"\n");
  reopen();
  EXPECT_TRUE(soon([&] { return listed("recorded") == 1; }));
}

TEST_F(TracePoll, a_secret_signs_what_is_asked) {
  serve(std::nullopt, "secret_file = \"traces.secret\"\n");
  dir_.write("traces.secret", "correct horse\n");
  tracker_.answers(answer("", "c 1"));
  stock({});
  open();
  ASSERT_TRUE(soon([&] { return tracker_.last_path() == "/traces?since=c%201"; }));
  for (const HttpRequest& request : tracker_.requests())
    EXPECT_EQ(request.headers.at("packbench-signature"),
              exchange::signature("correct horse", request.headers.at("packbench-timestamp"),
                                  request.path));
}

// The lock that whoever imports holds.
class HeldImport {
 public:
  explicit HeldImport(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    EXPECT_TRUE(soon([this] { return ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0; }));
  }
  ~HeldImport() { ::close(descriptor_); }
  HeldImport(const HeldImport&) = delete;
  HeldImport& operator=(const HeldImport&) = delete;

 private:
  const int descriptor_;
};

TEST_F(TracePoll, an_import_under_way_is_waited_for_and_the_bench_waits_for_neither) {
  serve();
  hand_over_one();
  auto import = std::make_unique<HeldImport>(dir_.path("catalog.lock"));
  tracker_.answers(answer(shipment(number_, kPickedUp), "c1"));
  const std::size_t asked = tracker_.count();
  ASSERT_TRUE(soon([&] { return tracker_.count() > asked; }));
  take("/sign-in 1002", "awaiting_order");
  EXPECT_EQ(listed("pending"), 1);
  import.reset();
  ASSERT_TRUE(soon([&] { return listed("recorded") == 1; }));
  import = std::make_unique<HeldImport>(dir_.path("catalog.lock"));
  tracker_.answers(answer(shipment(number_, kAtHub), "c2"));
  const std::size_t more = tracker_.count();
  ASSERT_TRUE(soon([&] { return tracker_.count() > more; }));
  EXPECT_EQ(console_->quit(), 0);
  console_.reset();
}

TEST_F(TracePoll, a_silent_server_does_not_keep_the_bench_from_ending) {
  serve(std::nullopt, "timeout_s = 600\n");
  tracker_.answers({200, {}, "[]", How::whole, 1h});
  stock({});
  open();
  ASSERT_TRUE(soon([&] { return tracker_.count() == 1; }));
  EXPECT_EQ(console_->quit(), 0);
  console_.reset();
}

TEST_F(TracePoll, a_configuration_that_is_wrong_starts_nothing) {
  stock({});
  dir_.write("empty.secret", "\n");
  dir_.write("bad.json", "[");
  const std::string url = "url = \"https://127.0.0.1:1/\"\n";
  for (const auto& [text, expected] : std::vector<std::pair<std::string, std::string>>{
           {"[traces]\nurl = \"http://carriers.example.com/\"\n", "https://"},
           {"[traces]\nurl = \"https://\"\n", "https://"},
           {"[traces]\nintervall_s = 9\n", "did you mean interval_s"},
           {"[trace]\n", "did you mean [traces]"},
           {"traces = 1\n", "written as [traces]"},
           {"[traces]\ninterval_s = 0\n", "interval_s must be 1 to 86400"},
           {"[traces]\ninterval_s = 86401\n", "interval_s"},
           {"[traces]\ntimeout_s = 601\n", "timeout_s"},
           {"[traces]\n" + url + "secret_file = \"none.secret\"\n", "none.secret"},
           {"[traces]\n" + url + "secret_file = \"empty.secret\"\n", "[traces]"},
           {"[traces]\n" + url + "ca_file = \"none.pem\"\n", "[traces] ca_file"},
       }) {
    configure(text);
    const ProgramResult result =
        run_program({"console", "--json", "--data", dir_.path(), "--clock", noon}, "/view\n");
    EXPECT_NE(result.exit_code, 0) << text;
    EXPECT_NE(result.err.find(expected), std::string::npos) << text << result.err;
  }
  configure("[traces]\ninterval_s = 86400\n");
  EXPECT_EQ(run_program({"console", "--json", "--data", dir_.path(), "--clock", noon}, "/view\n")
                .exit_code,
            0);
}

}  // namespace
}  // namespace packbench::test
