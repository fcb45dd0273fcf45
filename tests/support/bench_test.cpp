#include "tests/support/bench_test.h"

#include <sstream>

namespace packbench::test {

std::string alert_of(const Json& answer) {
  if (!answer.contains("alert") || answer["alert"].is_null()) return "";
  return answer["alert"]["code"];
}

Json lasting(Json answer) {
  for (const char* field : {"accepted", "alert", "lane", "phase"}) answer.erase(field);
  // The parcel that the last input staged is shown until the next one.
  if (!answer["parcel"].is_null() && answer["parcel"]["state"] == "staged")
    answer["parcel"] = answer["waybill"] = nullptr;
  return answer;
}

void BenchTest::configure(const std::string& more, const std::string& printer) {
  dir_.write("packbench.toml", bench_toml(more, printer));
}

void BenchTest::stock(const std::vector<Json>& orders) {
  if (!dir_.has("packbench.toml")) configure("");
  const ProgramResult result = run_program(
      {"import", "--data", dir_.path(), dir_.write("operators.csv", operators_csv()),
       dir_.write("products.jsonl", products_jsonl()), dir_.write("waybills.csv", waybills_csv())});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  if (!orders.empty()) import("orders.jsonl", json_lines(orders));
}

void BenchTest::import(const std::string& name, const std::string& text) {
  const ProgramResult result =
      run_program({"import", "--data", dir_.path(), dir_.write(name, text)});
  ASSERT_EQ(result.exit_code, 0) << result.err << result.out;
}

void BenchTest::open() {
  console_ = std::make_unique<ConsoleProcess>(ConsoleStart{dir_.path(), noon, {}, -1});
}

void BenchTest::reopen() {
  console_.reset();
  open();
}

void BenchTest::begin(const std::vector<Json>& orders) {
  stock(orders);
  open();
  take("/sign-in 1001", "awaiting_order");
}

Json BenchTest::take(const std::string& line, const std::string& phase) {
  Json answer = say(line);
  EXPECT_EQ(answer.value("accepted", false), true) << line << " -> " << answer;
  EXPECT_EQ(alert_of(answer), "") << line << " -> " << answer;
  EXPECT_EQ(phase.empty() ? phase : answer.value("phase", ""), phase) << line << " -> " << answer;
  return answer;
}

void BenchTest::take_all(std::initializer_list<std::string> lines) {
  for (const std::string& line : lines) take(line);
}

Json BenchTest::refuse(const std::string& line, const std::string& code) {
  const Json before = view();
  const std::int64_t count = records();
  const auto projected = projections(dir_.path());
  Json answer = say(line);
  EXPECT_EQ(answer.value("accepted", true), false) << line << " -> " << answer;
  EXPECT_EQ(alert_of(answer), code) << line << " -> " << answer;
  if (alert_of(answer) != code) return answer;
  EXPECT_EQ(records(), count + 1) << line;
  EXPECT_EQ(record("refused", "code"), code) << line;
  EXPECT_EQ(records("seq = " + std::to_string(count + 1) + " AND kind = 'refused'"), 1) << line;
  EXPECT_EQ(projections(dir_.path()), projected) << line;
  EXPECT_EQ(lasting(view()), lasting(before)) << line;
  return answer;
}

Json BenchTest::warn(const std::string& line, const std::string& code, const std::string& phase) {
  Json answer = say(line);
  EXPECT_EQ(answer.value("accepted", false), true) << line << " -> " << answer;
  EXPECT_EQ(alert_of(answer), code) << line << " -> " << answer;
  EXPECT_EQ(phase.empty() ? phase : answer.value("phase", ""), phase) << line << " -> " << answer;
  return answer;
}

std::string BenchTest::ship(const std::string& number, std::initializer_list<std::string> codes) {
  take(number, "packing");
  Json last;
  for (const std::string& code : codes) last = take(code);
  EXPECT_EQ(last.value("phase", ""), "verifying_label") << last;
  if (!last.contains("waybill") || last["waybill"].is_null()) return "";
  const std::string waybill = last["waybill"]["number"];
  take(waybill, "awaiting_order");
  return waybill;
}

std::int64_t BenchTest::records(const std::string& where) const {
  return DatabaseFile(dir_.path("journal.db")).count("SELECT count(*) FROM record WHERE " + where);
}

std::string BenchTest::record(const std::string& kind, const std::string& field) const {
  return DatabaseFile(dir_.path("journal.db"))
      .text("SELECT json_extract(payload, '$." + field + "') FROM record WHERE kind = '" + kind +
            "' ORDER BY seq DESC LIMIT 1");
}

Json BenchTest::ask(std::vector<std::string> command) const {
  command.insert(command.end(), {"--data", dir_.path()});
  const ProgramResult result = run_program(command);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  Json told = Json::parse(result.out, nullptr, false);
  EXPECT_FALSE(told.is_discarded()) << result.out;
  return told;
}

Json BenchTest::show(const std::string& order) const {
  return ask({"show", order, "--json"});
}

Json BenchTest::report() const {
  return ask({"report", "--shift", "current", "--format", "json"});
}

std::vector<Json> BenchTest::confirmations() const {
  std::vector<Json> out;
  for (const std::string& file : dir_.list("outbox")) {
    std::istringstream lines(dir_.read("outbox/" + file));
    for (std::string line; std::getline(lines, line);) out.push_back(Json::parse(line));
  }
  return out;
}

std::string BenchTest::verify() const {
  const ProgramResult result = run_program({"verify", "--data", dir_.path()});
  return result.exit_code == 0 ? "" : result.out + result.err;
}

}  // namespace packbench::test
