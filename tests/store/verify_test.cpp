// verify: names the first record that is not what was written, and every projected row that does
// not follow from the records.
#include <sstream>

#include "tests/store/bench_fixture.h"

namespace packbench::store {
namespace {

using namespace station;  // the kinds of record

class VerifyTest : public BenchFixture {
 protected:
  void SetUp() override {
    BenchFixture::SetUp();
    stage_one();
    must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
    must_commit({WaveChosen{"a wave to be found in the file"}});
    must_commit({ManifestClosed{"b7-M1", {"b7-P1"}, {{"b7-P1", order_1}}, {}, {}}});
  }
  VerifyReport check() {
    auto report = verify(folder_.path(), folder_.path());
    EXPECT_TRUE(report.ok()) << report.error().text;
    return report.ok() ? std::move(report).value() : VerifyReport{};
  }
  void attack(const std::string& sql) { ASSERT_EQ(as_attacker(database(), sql), ""); }
  std::string only_difference() {
    const auto differences = check().differences;
    EXPECT_EQ(differences.size(), 1u);
    return differences.empty() ? "" : differences.front();
  }
};

TEST_F(VerifyTest, ASoundJournalIsSoundAlsoWhileTheBenchRuns) {
  const VerifyReport report = check();
  EXPECT_TRUE(report.sound()) << report.problem;
  EXPECT_EQ(report.records, station_.seq);
  EXPECT_GT(report.rows_compared, 20);
  must_commit({QuantitySet{2}});
  EXPECT_EQ(check().records, station_.seq);
  for (const auto& entry : fs::directory_iterator(folder_.path()))
    EXPECT_NE(entry.path().extension(), ".tmp");
}

TEST_F(VerifyTest, AFlippedByteInsideARecordNamesIt) {
  close();
  std::fstream file(database(), std::ios::in | std::ios::out | std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const std::size_t at = bytes.find("a wave to be found");
  ASSERT_NE(at, std::string::npos);
  file.clear();
  file.seekp(static_cast<std::streamoff>(at));
  file.put(static_cast<char>(bytes[at] ^ 1));
  file.close();
  const VerifyReport report = check();
  EXPECT_FALSE(report.sound());
  EXPECT_EQ(report.bad_record, station_.seq - 1);
  EXPECT_EQ(report.bad_kind, "wave_chosen");
}

TEST_F(VerifyTest, EveryFieldOfARecordIsHeld) {
  close();
  for (const char* field : {"bench = 'x'", "batch = 2", "kind = 'shift_closed'", "version = 0",
                            "payload = '{}'", "op = 'x'", "wall_us = wall_us + 1", "boot_id = 'x'",
                            "boot_us = 1", "prev_hash = zeroblob(32)", "hash = zeroblob(32)"}) {
    fs::copy_file(database(), folder_.file("copy"), fs::copy_options::overwrite_existing);
    attack(std::string("DROP TRIGGER record_kept; UPDATE record SET ") + field + " WHERE seq = 7");
    EXPECT_EQ(check().bad_record, 7) << field;
    fs::copy_file(folder_.file("copy"), database(), fs::copy_options::overwrite_existing);
  }
  EXPECT_TRUE(check().sound());
}

TEST_F(VerifyTest, AMissingRecordIsNamed) {
  close();
  attack("DROP TRIGGER record_stays; DELETE FROM record WHERE seq = 5");
  EXPECT_NE(check().problem.find("record 5 is missing"), std::string::npos);
}

TEST_F(VerifyTest, ARowThatWasChangedIsNamed) {
  attack("UPDATE parcel SET weight_g = 1");
  EXPECT_EQ(only_difference(), "parcel b7-P1: weight_g is '1' and should be '512'");
}

TEST_F(VerifyTest, ARowThatFollowsFromNothingIsNamed) {
  attack("INSERT INTO manifest (id, carrier, courier, op, opened_us) VALUES ('x', '', '', '', 1)");
  EXPECT_EQ(only_difference(), "manifest x: is stored and follows from no record");
}

TEST_F(VerifyTest, ARowThatIsMissingIsNamed) {
  attack("DELETE FROM parcel_content");
  EXPECT_EQ(only_difference(), "parcel_content b7-P1 taobao mugs SO-1 1: is missing");
}

TEST_F(VerifyTest, EveryProjectedTableIsCompared) {
  must_commit({DeliveriesOwed{station_.seq, 1}});
  must_commit({OrderHeld{order_2, {"stop_list", "hold"}, 1, 0},
               TracesSeen{1, {{"b7-P1", "picked_up", Instant{9}}}},
               PickupRefused{"b7-M1", "b7-P1", "torn"}, IncidentNoted{"b7-M1", "late", ""}});
  WaybillOffer offer;
  offer.carrier = "SF";
  offer.number = "SF2";
  must_commit({started("b7-W2", {order_2}), ParcelStarted{"b7-P2", "b7-W2", 1, {}, {}},
               WaybillAssigned{"b7-P2", offer, LabelSource::own},
               LabelVoided{"b7-P2", "SF", "SF2", "torn"},
               WaybillReturned{"b7-P2", "SF", "", "SF2", "torn"}, CardRequested{order_2},
               CardEnded{order_2, CardResult::printed, ""}});
  const std::string tables =
      ask(database(),
          "SELECT group_concat(name, ' ') FROM sqlite_schema WHERE type = 'table'"
          " AND name NOT IN ('meta', 'record', 'snapshot') AND name NOT LIKE 'sqlite_%'");
  close();
  fs::copy_file(database(), folder_.file("copy"));
  std::istringstream names(tables);
  int compared = 0;
  for (std::string table; names >> table; ++compared) {
    if (table == "pickup") attack("DROP TRIGGER pickup_stays");
    if (table == "delivery") attack("DROP TRIGGER delivery_stays");
    if (table == "waybill_return") attack("DROP TRIGGER waybill_return_stays");
    attack("DELETE FROM " + table);
    const auto differences = check().differences;
    ASSERT_FALSE(differences.empty()) << table;
    EXPECT_TRUE(differences[0].starts_with(table + " ")) << differences[0];
    fs::copy_file(folder_.file("copy"), database(), fs::copy_options::overwrite_existing);
  }
  EXPECT_GE(compared, 26);
}

TEST_F(VerifyTest, ATriggerThatIsGoneIsTold) {
  attack("DROP TRIGGER outbox_gate_insert");
  EXPECT_NE(check().problem.find("triggers"), std::string::npos);
}

TEST_F(VerifyTest, AFileThatIsNoDatabaseIsAnError) {
  close();
  fs::remove(folder_.file("journal.db-wal"));
  std::ofstream(database(), std::ios::binary) << std::string(8192, 'x');
  EXPECT_EQ(verify(folder_.path(), "").error().code, "corrupt");
}

}  // namespace
}  // namespace packbench::store
