// Confirmations from the closing of a manifest to the shop's connector and its lists, through the
// program as it is.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <sstream>

#include "tests/support/bench_test.h"
#include "tests/support/http_server.h"
#include "tests/support/soon.h"

namespace packbench::test {
namespace {

using namespace std::chrono_literals;

const std::string tee = "5901234123457", book = "9780201379624";

// A connector that does each thing once. The test says how it answers.
class Connector {
 public:
  HttpReply take(const HttpRequest& request) {
    const std::lock_guard lock(mutex_);
    const std::string& key = request.headers.at("idempotency-key");
    keys_.push_back(key);
    if (answer_.status < 300) effects_.insert(key);
    bodies_.push_back(request.body);
    return answer_;
  }
  void answers(HttpReply reply) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(reply);
  }
  std::vector<std::string> keys() {
    const std::lock_guard lock(mutex_);
    return keys_;
  }
  std::vector<std::string> bodies() {
    const std::lock_guard lock(mutex_);
    return bodies_;
  }
  std::size_t effects() {
    const std::lock_guard lock(mutex_);
    return effects_.size();
  }

 private:
  std::mutex mutex_;
  HttpReply answer_;
  std::vector<std::string> keys_, bodies_;
  std::set<std::string> effects_;
};

class OutboxTest : public BenchTest {
 protected:
  void serve(int port = 0) {
    server_ = std::make_unique<HttpServer>(
        [this](const HttpRequest& request) { return connector_.take(request); }, std::nullopt,
        port);
  }
  void configure_delivery() {
    dir_.write("delivery.secret", "correct horse\n");
    configure("[delivery]\nurl = \"" + server_->url() + "\"\nsecret_file = \"delivery.secret\"\n");
  }
  // Two orders packed, each in its parcel, and handed over.
  void hand_over_two() {
    begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"BOOK", 1}})});
    const std::string one = ship("SO-A", {tee});
    const std::string two = ship("SO-B", {book});
    take_all({"/handover SF", one, two});
    say("/close-manifest");
  }
  std::vector<Json> list(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command{"outbox", "list", "--json", "--data", dir_.path()};
    command.insert(command.end(), more.begin(), more.end());
    const ProgramResult result = run_program(command);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    std::vector<Json> rows;
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);) rows.push_back(Json::parse(line));
    return rows;
  }
  bool all_sent() const {
    return soon([this] { return list().empty(); });
  }
  ProgramResult outbox(std::vector<std::string> command) const {
    command.insert(command.begin(), "outbox");
    command.insert(command.end(), {"--data", dir_.path()});
    return run_program(command);
  }

  Connector connector_;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(OutboxTest, what_is_handed_over_is_posted_once) {
  serve();
  configure_delivery();
  hand_over_two();
  ASSERT_TRUE(all_sent());
  // The same as the file holds, under the confirmation's own key.
  const std::vector<Json> files = confirmations();
  ASSERT_EQ(files.size(), 2U);
  std::map<std::string, Json> posted;
  for (const std::string& body : connector_.bodies()) {
    const Json json = Json::parse(body);
    posted[json["confirmation"]] = json;
  }
  for (const Json& file : files) EXPECT_EQ(posted.at(file["confirmation"]), file);
  EXPECT_EQ(connector_.keys().size(), 2U);
  // The buyer's message goes along, with what is known and without what is not.
  const std::string message = files[0]["message"]["en"];
  EXPECT_NE(message.find("SO-A"), std::string::npos) << message;
  EXPECT_NE(message.find("Tracking number: SF1"), std::string::npos) << message;
  EXPECT_EQ(message.find("days"), std::string::npos) << message;
  // Nothing of it is ever sent again.
  reopen();
  take("/sign-in 1001");
  console_.reset();
  EXPECT_EQ(connector_.keys().size(), 2U);
  const auto all = list({"--all"});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0]["state"], "delivered");
  EXPECT_EQ(all[0]["status"], 200);
  EXPECT_EQ(verify(), "");
}

TEST_F(OutboxTest, what_cannot_be_sent_waits_and_goes_later) {
  serve();
  const int port = server_->port();
  configure_delivery();
  server_.reset();
  hand_over_two();
  const auto waiting = list();
  ASSERT_EQ(waiting.size(), 2U);
  EXPECT_EQ(waiting[0]["state"], "waiting");
  EXPECT_EQ(waiting[0]["order"], "SO-A");
  EXPECT_EQ(view()["outbox"], (Json{{"waiting", 2}, {"refused", 0}}));
  // The packer goes on, and a restart forgets nothing.
  take("/sign-in 1002");
  reopen();
  EXPECT_EQ(list().size(), 2U);
  serve(port);
  ASSERT_TRUE(all_sent());
  EXPECT_EQ(connector_.effects(), 2U);
  EXPECT_EQ(verify(), "");
}

TEST_F(OutboxTest, what_was_in_flight_when_the_bench_died_is_sent_again_under_the_same_key) {
  serve();
  configure_delivery();
  connector_.answers({200, {}, {}, HttpReply::How::whole, 10min});
  hand_over_two();
  ASSERT_TRUE(soon([this] { return connector_.keys().size() == 2; }));
  console_->kill();
  connector_.answers({});
  open();
  ASSERT_TRUE(all_sent());
  EXPECT_EQ(connector_.keys().size(), 4U);
  EXPECT_EQ(connector_.effects(), 2U);
  EXPECT_EQ(verify(), "");
}

TEST_F(OutboxTest, what_is_refused_waits_for_somebody) {
  serve();
  configure_delivery();
  connector_.answers({422, {}, "no such order"});
  hand_over_two();
  const auto refused = [this](std::size_t count) {
    return soon([&] {
      const auto rows = list();
      return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const Json& row) {
               return row["state"] == "refused";
             })) == count;
    });
  };
  ASSERT_TRUE(refused(2));
  const auto rows = list();
  EXPECT_EQ(rows[0]["status"], 422);
  EXPECT_EQ(rows[0]["reason"], "no such order");
  EXPECT_FALSE(rows[0]["ended_at"].is_null());
  EXPECT_NE(outbox({"list"}).out.find("HTTP 422"), std::string::npos);
  // Not by itself, not at a restart.
  reopen();
  ASSERT_TRUE(refused(2));
  const Json seen = view();
  EXPECT_EQ(seen["outbox"], (Json{{"waiting", 0}, {"refused", 2}}));
  ASSERT_EQ(seen["notes"].size(), 1U);
  EXPECT_EQ(seen["notes"][0]["code"], "delivery_refused");
  EXPECT_EQ(connector_.keys().size(), 2U);
  // One is sent again by hand, beside the running bench, then all of them at its next start.
  connector_.answers({});
  ASSERT_EQ(outbox({"retry", rows[1]["id"]}).exit_code, 0);
  view();
  ASSERT_TRUE(refused(1));
  ASSERT_TRUE(soon([this] { return list().size() == 1; }));
  EXPECT_EQ(list()[0]["id"], rows[0]["id"]);
  console_.reset();
  ASSERT_EQ(outbox({"retry", "--all"}).exit_code, 0);
  open();
  ASSERT_TRUE(all_sent());
  EXPECT_TRUE(soon([this] {
    const Json now = view();
    return now["notes"].empty() && now["outbox"] == Json{{"waiting", 0}, {"refused", 0}};
  }));
  EXPECT_EQ(connector_.effects(), 2U);
  // What was delivered is not sent again by any of it.
  for (const std::string& word : {rows[0]["id"].get<std::string>(), std::string("--all")}) {
    const ProgramResult again = outbox({"retry", word});
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_NE(again.err.find("refused"), std::string::npos) << again.err;
  }
  EXPECT_EQ(outbox({"retry", "1"}).exit_code, 1);
  EXPECT_NE(outbox({"retry"}).exit_code, 0);
  EXPECT_EQ(verify(), "");
}

TEST_F(OutboxTest, a_bench_without_an_address_owes_nothing) {
  hand_over_two();
  ASSERT_TRUE(all_sent());
  const auto all = list({"--all"});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0]["state"], "file_written");
  EXPECT_EQ(records("kind = 'deliveries_owed'"), 0);
  EXPECT_NE(outbox({"list"}).out.find("nothing waits"), std::string::npos);
}

TEST_F(OutboxTest, statements_made_by_hand_abort) {
  serve();
  configure_delivery();
  connector_.answers({422});
  hand_over_two();
  ASSERT_TRUE(soon([this] { return list()[0]["state"] == "refused"; }));
  connector_.answers({});
  ASSERT_EQ(outbox({"retry", "--all"}).exit_code, 0);
  view();
  ASSERT_TRUE(all_sent());
  console_.reset();
  for (const char* statement :
       {"INSERT INTO delivery (release_seq, place, state) VALUES (1, 1, 'waiting')",
        "INSERT OR REPLACE INTO delivery (release_seq, place, state) SELECT release_seq, place, "
        "'waiting' FROM delivery",
        "UPDATE delivery SET state = 'waiting'", "UPDATE delivery SET place = 7",
        "DELETE FROM delivery"}) {
    const std::string problem =
        DatabaseFile(dir_.path("journal.db"), DatabaseFile::Access::write).run(statement);
    EXPECT_NE(problem.find("packbench: "), std::string::npos) << statement << " -> " << problem;
  }
  EXPECT_EQ(verify(), "");
}

TEST_F(OutboxTest, tables_for_the_platforms) {
  hand_over_two();
  ASSERT_TRUE(all_sent());
  const std::string first = list({"--all"})[0]["number"], second = list({"--all"})[1]["number"];
  const auto table = [this](const std::string& layout, const std::vector<std::string>& more) {
    std::vector<std::string> command{"export", dir_.path("table"), "--layout", layout};
    command.insert(command.end(), more.begin(), more.end());
    const ProgramResult result = outbox(command);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return dir_.read("table");
  };
  const std::vector<std::string> day{"--from", "2026-11-22", "--to", "2026-11-23"};
  EXPECT_EQ(table("pinduoduo", day), "\xEF\xBB\xBF订单号,快递公司,快递单号\r\nSO-A,顺丰速运," +
                                         first + "\r\nSO-B,顺丰速运," + second + "\r\n");
  // 订单编号,物流公司,运单号 and 顺丰速运 in GB18030.
  EXPECT_EQ(table("taobao", day),
            "\xB6\xA9\xB5\xA5\xB1\xE0\xBA\xC5,\xCE\xEF\xC1\xF7\xB9\xAB\xCB\xBE,"
            "\xD4\xCB\xB5\xA5\xBA\xC5\r\nSO-A,\xCB\xB3\xB7\xE1\xCB\xD9\xD4\xCB," +
                first + "\r\nSO-B,\xCB\xB3\xB7\xE1\xCB\xD9\xD4\xCB," + second + "\r\n");
  EXPECT_NE(table("shopify", day).find("SO-A,UPDATE,success,SF Express," + first + ",https://"),
            std::string::npos);
  // As the outbox files hold them.
  std::string files;
  for (const std::string& file : dir_.list("outbox")) files += dir_.read("outbox/" + file);
  EXPECT_EQ(table("jsonl", day), files);
  // Another day, and what is unsent: nothing but the header.
  EXPECT_EQ(table("taobao", {"--from", "2026-11-23"}).find("SO-"), std::string::npos);
  EXPECT_EQ(table("csv", {}).find("SO-"), std::string::npos);
}

TEST_F(OutboxTest, a_layout_of_ones_own_and_what_is_wrong_with_it) {
  hand_over_two();
  const auto problem = [this](const std::string& layout) {
    const ProgramResult result =
        outbox({"export", dir_.path("table"), "--layout", layout, "--from", "2026-11-22"});
    return result.exit_code == 0 ? "" : result.err;
  };
  std::filesystem::create_directory(dir_.path("layouts"));
  dir_.write("layouts/mine.json",
             R"({"encoding": "utf-8", "columns": [{"heading": "No", "field": "order"},)"
             R"({"heading": "ok", "text": "a,b"}]})");
  EXPECT_EQ(problem("mine"), "");
  EXPECT_EQ(dir_.read("table"), "No,ok\r\nSO-A,\"a,b\"\r\nSO-B,\"a,b\"\r\n");
  const std::map<std::string, std::string> wrong{
      {R"({"columns": [{"heading": "No", "field": "phone"}]})", "no field phone"},
      {R"({"columns": [{"heading": "No", "feild": "order"}]})", "no key feild"},
      {R"({"columns": []})", "columns"},
      {R"({"columns": [{"field": "order"}]})", "heading"},
      {R"({"encoding": "latin", "columns": [{"heading": "No", "field": "order"}]})", "encoding"},
      {"[", "JSON object"}};
  for (const auto& [text, expected] : wrong) {
    dir_.write("layouts/mine.json", text);
    EXPECT_NE(problem("mine").find(expected), std::string::npos) << problem("mine");
  }
  EXPECT_NE(problem("amazon").find("taobao"), std::string::npos) << problem("amazon");
}

TEST_F(OutboxTest, a_configuration_that_is_wrong_starts_nothing) {
  stock({});
  dir_.write("delivery.secret", "s\n");
  dir_.write("empty.secret", "\n");
  dir_.write("bad.txt", "Order {ordr}\n");
  const std::string url = "url = \"https://127.0.0.1:1/\"\n";
  const std::string secret = "secret_file = \"delivery.secret\"\n";
  const std::map<std::string, std::string> wrong{
      {"[delivery]\n" + url, "secret_file"},
      {"[delivery]\nurl = \"http://shop.example.com/\"\n" + secret, "https://"},
      {"[delivery]\nurl = \"http://127.0.0.1.example.com/\"\n" + secret, "https://"},
      {"[delivery]\nurl = \"ftp://127.0.0.1/\"\n" + secret, "https://"},
      {"[delivery]\ntimeout_s = 0\n", "timeout_s"},
      {"[delivery]\nverify = false\n", "verify"},
      {"[delivery]\n" + url + "secret_file = \"none.secret\"\n", "none.secret"},
      {"[delivery]\n" + url + "secret_file = \"empty.secret\"\n", "empty.secret"},
      {"[delivery]\n" + url + secret + "ca_file = \"none.pem\"\n", "none.pem"},
      {"[message]\nen = \"bad.txt\"\n", "{ordr}"},
      {"[message]\nen = \"none.txt\"\n", "none.txt"},
      {"[message.days]\nSF = 0\n", "message.days.SF"},
  };
  for (const auto& [text, expected] : wrong) {
    configure(text);
    const ProgramResult result =
        run_program({"console", "--json", "--data", dir_.path(), "--clock", noon}, "/view\n");
    EXPECT_NE(result.exit_code, 0) << text;
    EXPECT_NE(result.err.find(expected), std::string::npos) << text << result.err;
  }
  configure("[delivery]\n" + url + secret + "[message]\nshipped = \"none\"\n");
  EXPECT_EQ(run_program({"console", "--json", "--data", dir_.path(), "--clock", noon}, "/view\n")
                .exit_code,
            0);
}

}  // namespace
}  // namespace packbench::test
