// RestlessPacker: what somebody at the bench would say next, judging by the last answer, and what
// an answer must look like after a line that got none because the program was killed. Knows the
// console's contract only, nothing of the program's insides. One thread.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "tests/support/data_directory.h"

namespace packbench::test {

using Json = nlohmann::json;

class RestlessPacker {
 public:
  RestlessPacker(const DataDirectory& directory, std::string bench, std::mt19937_64& random)
      : directory_(directory), bench_(std::move(bench)), random_(random) {}

  // Orders to pack, each a list of barcodes in the order of its lines.
  struct Task {
    std::string number;
    std::vector<std::string> codes;  // by line
  };
  void give(const Task& task) { tasks_.push_back(task); }

  // Empty where there is nothing left to do.
  std::string next(const Json& answer);

  // How many labels of a number may be on paper: one, and one for each that was asked for.
  int labels_allowed(const std::string& waybill) const;
  // The line was said and taken, or got no answer.
  void said(const std::string& line, const Json& before);
  // The answer came.
  void heard(const Json& answer);

 private:
  bool chance(int percent);
  std::string next_order(const Json& answer);
  std::string next_item(const Json& answer);
  std::string next_pickup(const Json& answer);
  std::string next_label(const Json& answer);
  std::string doubtful_label(const Json& answer) const;
  std::string small_code(const Json& waybill) const;
  const Task* task_of(const std::string& number) const;

  const DataDirectory& directory_;
  const std::string bench_;
  std::mt19937_64& random_;
  std::vector<Task> tasks_;
  std::vector<std::string> done_;  // order numbers that left the bench
  std::string open_order_;
  std::size_t staged_ = 0;
  std::map<std::string, int> asked_;
};

// What a line that got no answer may have left: nothing of it, or all of it. Empty where `now` is
// one of both, else what is wrong.
std::string half_done(const std::string& line, const Json& before, const Json& now);

// The number that counts what is in the box.
int pieces_packed(const Json& answer);

}  // namespace packbench::test
