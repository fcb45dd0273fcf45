// The gate: no confirmation without a pickup scan. Not by asking, not with the sqlite3 tool, not by
// a row that claims a scan nobody made. It holds whichever way confirmations leave the bench: as
// files, as the platforms' tables, posted to a server.
#include <unistd.h>

#include <fstream>
#include <mutex>

#include "tests/support/bench_test.h"
#include "tests/support/http_server.h"
#include "tests/support/soon.h"

namespace packbench::test {
namespace {

constexpr const char* files = "files";
constexpr const char* http = "http";

class Gate : public BenchTest, public ::testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override {
    if (GetParam() != std::string(http)) return;
    server_ = std::make_unique<HttpServer>([this](const HttpRequest& request) {
      const std::lock_guard lock(mutex_);
      posted_.push_back(Json::parse(request.body)["order"]);
      return HttpReply{};
    });
    dir_.write("delivery.secret", "correct horse\n");
    configure("[delivery]\nurl = \"" + server_->url() + "\"\nsecret_file = \"delivery.secret\"\n");
  }
  // Whatever was tried, only the order that the courier took has left.
  void TearDown() override {
    console_.reset();
    EXPECT_EQ(confirmations().size(), 1U);
    for (const Json& confirmation : confirmations()) EXPECT_EQ(confirmation["order"], "SO-B");
    for (const std::string layout : {"csv", "jsonl", "pinduoduo", "shopify", "taobao"}) {
      const ProgramResult exported =
          run_program({"outbox", "export", dir_.path(layout), "--layout", layout, "--from",
                       "2026-11-22", "--to", "2026-11-23", "--data", dir_.path()});
      ASSERT_EQ(exported.exit_code, 0) << exported.err;
      const std::string table = dir_.read(layout);
      EXPECT_NE(table.find("SO-B"), std::string::npos) << layout;
      EXPECT_EQ(table.find("SO-A"), std::string::npos) << layout;
      EXPECT_EQ(table.find("SO-C"), std::string::npos) << layout;
    }
    const std::lock_guard lock(mutex_);
    EXPECT_EQ(posted_, std::vector<std::string>(server_ ? 1 : 0, "SO-B"));
  }
  // SO-A is staged and SO-B was confirmed as it should be.
  void stage() {
    begin({order("SO-A", {{"TEE-L", 1}}), order("SO-B", {{"BOOK", 1}})});
    number_ = ship("SO-A", {tee});
    const std::string other = ship("SO-B", {book});
    take_all({"/handover SF", other, "/close-manifest"});
    ASSERT_TRUE(soon([this] { return nothing_waits(); }));
    parcel_ = show("SO-A")["parcels"][0]["id"];
    other_parcel_ = show("SO-B")["parcels"][0]["id"];
  }
  bool nothing_waits() const {
    const ProgramResult list = run_program({"outbox", "list", "--json", "--data", dir_.path()});
    EXPECT_EQ(list.exit_code, 0) << list.err;
    return list.out.empty();
  }
  DatabaseFile by_hand() {
    return DatabaseFile(dir_.path("journal.db"), DatabaseFile::Access::write);
  }
  // What a clever hand writes: a record of a pickup that nobody scanned, and all that follows.
  std::string forge_record() {
    return "INSERT INTO record SELECT max(seq) + 1, bench, max(seq) + 1, 'parcel_picked_up', 1,"
           " json_object('manifest', '" +
           manifest() + "', 'parcel', '" + parcel_ +
           "'),"
           " op, wall_us, boot_id, boot_us, hash, randomblob(32) FROM record;";
  }
  std::string forge_pickup() {
    return "INSERT INTO pickup (parcel, manifest, record_seq) SELECT '" + parcel_ + "', '" +
           manifest() + "', max(seq) FROM record;";
  }
  std::string manifest() { return record("handover_opened", "manifest"); }
  // Starting the program in this directory: what it says when it will not.
  std::string start_problem() {
    const ProgramResult result =
        run_program({"console", "--json", "--data", dir_.path(), "--clock", noon}, "/view\n");
    EXPECT_EQ(result.exit_code == 0, result.err.empty()) << result.out << result.err;
    return result.err;
  }

  std::string number_, parcel_, other_parcel_;
  std::unique_ptr<HttpServer> server_;

 private:
  std::mutex mutex_;
  std::vector<std::string> posted_;
};

INSTANTIATE_TEST_SUITE_P(Connectors, Gate, ::testing::Values(files, http),
                         [](const auto& connector) { return std::string(connector.param); });

TEST_P(Gate, nothing_that_is_asked_confirms_what_was_not_picked_up) {
  stage();
  refuse("/confirm SO-A", "pickup_missing");
  take("/sign-in 9001 2468");
  refuse("/confirm SO-A", "pickup_missing");  // nor for a supervisor
  refuse("/release SO-A", "not_ready");
  take_all({"/handover SF", "/close-manifest"});
  refuse("/confirm SO-A", "pickup_missing");
  import("again.jsonl", json_lines({order("SO-A", {{ "TEE-L", 1 }})}));
  refuse("/confirm SO-A", "pickup_missing");
  ASSERT_EQ(confirmations().size(), 1U);
}

TEST_P(Gate, statements_made_by_hand_abort) {
  stage();
  console_.reset();
  const std::string key = "'" + parcel_ + "', 'taobao', 'demo', 'SO-A'";
  const std::string here = " WHERE parcel = '" + parcel_ + "'";
  const std::vector<std::string> statements{
      "UPDATE parcel SET state = 'confirmed' WHERE id = '" + parcel_ + "'",
      "UPDATE parcel SET state = 'picked_up' WHERE id = '" + parcel_ + "'",
      "UPDATE parcel SET confirmed_us = 1 WHERE id = '" + parcel_ + "'",
      "UPDATE parcel SET state = 'confirmed'",
      "INSERT INTO parcel (id, work, idx, state, started_us) SELECT 'X', work, 9, 'confirmed', 1 "
      "FROM parcel",
      "REPLACE INTO parcel (id, work, idx, state, started_us) SELECT id, work, idx, 'picked_up', 1 "
      "FROM parcel"
      " WHERE id = '" +
          parcel_ + "'",
      "UPDATE parcel_order SET state = 'released'" + here,
      "UPDATE parcel_order SET state = 'sent'" + here,
      "UPDATE parcel_order SET state = 'held'" + here,
      "REPLACE INTO parcel_order VALUES (" + key + ", 'released', 1)",
      "INSERT INTO outbox VALUES (" + key + ", 1, 0, 'released', '')",
      "INSERT OR REPLACE INTO outbox VALUES (" + key + ", 1, 0, 'sent', 'x')",
      "UPDATE outbox SET parcel = '" + parcel_ + "', number = 'SO-A'",
      "UPDATE pickup SET parcel = '" + parcel_ + "'",
      "DELETE FROM pickup",
      "INSERT INTO pickup VALUES ('" + parcel_ + "', '" + manifest() + "', 1, 0)",
      "INSERT OR REPLACE INTO pickup SELECT '" + parcel_ + "', manifest, record_seq, 0 FROM pickup",
      "UPDATE record SET payload = replace(payload, '" + other_parcel_ + "', '" + parcel_ + "')",
      "DELETE FROM record WHERE seq = (SELECT max(seq) FROM record)",
      "INSERT INTO record SELECT seq + 100, bench, batch, kind, version, payload, op, wall_us, "
      "boot_id,"
      " boot_us, prev_hash, hash FROM record LIMIT 1"};
  const auto before = projections(dir_.path());
  for (const std::string& statement : statements) {
    const std::string problem = by_hand().run(statement);
    EXPECT_NE(problem.find("packbench: "), std::string::npos) << statement << " -> " << problem;
  }
  EXPECT_EQ(projections(dir_.path()), before);
  open();
  refuse("/confirm SO-A", "pickup_missing");
}

TEST_P(Gate, the_sqlite3_tool_is_stopped_as_well) {
  if (::access("/usr/bin/sqlite3", X_OK) != 0) GTEST_SKIP() << "the sqlite3 tool is not installed";
  stage();
  console_.reset();
  const std::string command = "/usr/bin/sqlite3 '" + dir_.path("journal.db") +
                              "' \"UPDATE parcel SET state = "
                              "'confirmed' WHERE id = '" +
                              parcel_ + "'\" 2>/dev/null";
  EXPECT_NE(std::system(command.c_str()), 0);
  EXPECT_EQ(show("SO-A")["parcels"][0]["state"], "staged");
}

TEST_P(Gate, a_forged_pickup_is_found_at_the_start) {
  stage();
  console_.reset();
  // The gate itself asks for a record only; whether the record is the bench's own, the chain says.
  ASSERT_EQ(by_hand().run(forge_record() + forge_pickup() +
                          "UPDATE parcel SET state = 'picked_up' WHERE id = '" + parcel_ + "'"),
            "");
  const std::string problem = start_problem();
  EXPECT_NE(problem.find("parcel_picked_up"), std::string::npos) << problem;
  EXPECT_NE(verify(), "");
}

TEST_P(Gate, a_pickup_without_its_record_is_found_at_the_start) {
  stage();
  console_.reset();
  const std::string trigger =
      by_hand().text("SELECT sql FROM sqlite_master WHERE name = 'pickup_recorded'");
  ASSERT_EQ(by_hand().run("DROP TRIGGER pickup_recorded; INSERT INTO pickup VALUES ('" + parcel_ +
                          "', '" + manifest() + "', 1, 0); " + trigger),
            "");
  EXPECT_NE(start_problem().find(parcel_), std::string::npos) << "it names the parcel";
  EXPECT_NE(verify(), "");
}

TEST_P(Gate, a_gate_that_was_taken_down_is_missed_at_the_start) {
  stage();
  console_.reset();
  ASSERT_EQ(by_hand().run("DROP TRIGGER outbox_gate_insert"), "");
  EXPECT_NE(start_problem(), "");
}

TEST_P(Gate, a_forged_pickup_beside_the_running_bench_releases_nothing) {
  stage();
  const std::string third = "SF1000000000003";
  import("more.jsonl", json_lines({order("SO-C", {{ "TEE-L", 1 }})}));
  ASSERT_EQ(ship("SO-C", {tee}), third);
  take_all({"/handover SF", third});
  const std::string trigger =
      by_hand().text("SELECT sql FROM sqlite_master WHERE name = 'pickup_recorded'");
  ASSERT_EQ(by_hand().run("DROP TRIGGER pickup_recorded; INSERT INTO pickup VALUES ('" + parcel_ +
                          "', '" + manifest() + "', 1, 0); " + trigger),
            "");
  const Json answer = say("/close-manifest");
  EXPECT_EQ(answer["accepted"], false);
  EXPECT_EQ(alert_of(answer), "storage_fault");
  EXPECT_EQ(answer["alert"]["params"]["reason"], "journal_tampered");
  EXPECT_EQ(confirmations().size(), 1U) << "only what was confirmed before";
}

TEST_P(Gate, a_forged_record_beside_the_running_bench_releases_nothing) {
  stage();
  take("/handover SF");
  ASSERT_EQ(by_hand().run(forge_record() + forge_pickup()), "");
  EXPECT_EQ(alert_of(say("/close-manifest")), "storage_fault");
  EXPECT_EQ(confirmations().size(), 1U);
  console_->kill();
  EXPECT_NE(start_problem(), "");
}

TEST_P(Gate, verify_names_the_record_in_which_a_byte_was_flipped) {
  stage();
  console_->quit();
  ASSERT_EQ(verify(), "");
  const std::string payload =
      DatabaseFile(dir_.path("journal.db"))
          .text("SELECT payload FROM record WHERE kind = 'operator_signed_in'");
  const std::string seq = DatabaseFile(dir_.path("journal.db"))
                              .text("SELECT seq FROM record WHERE kind = 'operator_signed_in'");
  std::string bytes = dir_.read("journal.db");
  const std::size_t at = bytes.find(payload);
  ASSERT_NE(at, std::string::npos);
  bytes[at + payload.find("1001")] = '9';
  dir_.write("journal.db", bytes);
  const std::string problem = verify();
  EXPECT_NE(problem.find("record " + seq + " (operator_signed_in)"), std::string::npos) << problem;
}

TEST_P(Gate, verify_names_a_row_that_does_not_follow_from_the_records) {
  stage();
  console_->quit();
  ASSERT_EQ(by_hand().run("UPDATE parcel SET weight_g = 5 WHERE id = '" + parcel_ + "'"), "");
  const std::string problem = verify();
  EXPECT_NE(problem.find("parcel " + parcel_), std::string::npos) << problem;
}

}  // namespace
}  // namespace packbench::test
