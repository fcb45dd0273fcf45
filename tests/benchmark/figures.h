// Figures: times measured, and how they are told. Values; times in microseconds.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace packbench::benchmark {

class Series {
 public:
  void add(double us) { values_.push_back(us); }
  std::size_t count() const { return values_.size(); }
  // 0.5 is the median; 0 for an empty series.
  double at(double part) const;

 private:
  std::vector<double> values_;
};

class Stopwatch {
 public:
  double us() const {
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start_)
        .count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

void print_title(const std::string& title);
void print_series(const std::string& name, const Series& series);
// "goal at most 1.20, met" or "goal at most 1.20, MISSED".
void print_goal(const std::string& what, double value, double at_most, const std::string& unit);
// A figure beside which no goal stands.
void print_ratio(const std::string& what, double value);
void print_note(const std::string& text);

}  // namespace packbench::benchmark
