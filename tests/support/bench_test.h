// BenchTest: a data directory with the test shop in it and the console on top. A test names its
// orders, opens the console and talks to it line by line; time stands still at `noon` unless the
// test advances it.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/console_process.h"
#include "tests/support/data_directory.h"
#include "tests/support/database_file.h"
#include "tests/support/shop.h"

namespace packbench::test {

inline constexpr const char* noon = "2026-11-22T12:00:00+08:00";

class BenchTest : public ::testing::Test {
 protected:
  // Imports the shop and these orders.
  void stock(const std::vector<Json>& orders);
  void configure(const std::string& more, const std::string& printer = "file:labels");
  // Imports a file of this text beside whatever runs; fails the test unless all was taken.
  void import(const std::string& name, const std::string& text);
  void open();
  void reopen();  // ends the console and starts it again

  Json say(const std::string& line) { return console_->say(line); }
  Json view() { return say("/view"); }
  // Says it and expects it to be taken without an alert, and the phase where one is given.
  Json take(const std::string& line, const std::string& phase = {});
  void take_all(std::initializer_list<std::string> lines);
  // Says it and expects to be refused with this code: one `refused` record, nothing else changed.
  Json refuse(const std::string& line, const std::string& code);
  // Says it and expects it to be taken with this alert.
  Json warn(const std::string& line, const std::string& code, const std::string& phase = {});

  // stocks, opens, signs 1001 in.
  void begin(const std::vector<Json>& orders);
  // Packs an order of one line by its barcode and scans its label; the number it got.
  std::string ship(const std::string& number, std::initializer_list<std::string> codes);

  std::int64_t records(const std::string& where = "1") const;
  std::string record(const std::string& kind, const std::string& field) const;  // of the newest
  Json show(const std::string& order) const;
  Json report() const;                      // of the current shift
  std::vector<Json> confirmations() const;  // every line of every outbox file
  std::string verify() const;               // empty where the journal is sound

  DataDirectory dir_;
  std::unique_ptr<ConsoleProcess> console_;

 private:
  // What a subcommand prints, parsed.
  Json ask(std::vector<std::string> command) const;
};

// The answer's alert code, empty where there is none.
std::string alert_of(const Json& answer);
// Without what only the last input says.
Json lasting(Json answer);

}  // namespace packbench::test
