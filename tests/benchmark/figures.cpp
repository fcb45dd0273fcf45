#include "figures.h"

#include <algorithm>
#include <cstdio>

namespace packbench::benchmark {

double Series::at(double part) const {
  if (values_.empty()) return 0;
  std::vector<double> sorted = values_;
  std::sort(sorted.begin(), sorted.end());
  const auto last = static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(last * part + 0.5)];
}

void print_title(const std::string& title) {
  std::printf("\n%s\n  %-46s %8s %10s %10s %10s\n", title.c_str(), "", "count", "p50 us", "p99 us",
              "max us");
}

void print_series(const std::string& name, const Series& series) {
  std::printf("  %-46s %8zu %10.1f %10.1f %10.1f\n", name.c_str(), series.count(), series.at(0.5),
              series.at(0.99), series.at(1));
  std::fflush(stdout);
}

void print_goal(const std::string& what, double value, double at_most, const std::string& unit) {
  std::printf("  => %-43s %8.2f %s, goal at most %.2f %s: %s\n", what.c_str(), value, unit.c_str(),
              at_most, unit.c_str(), value <= at_most ? "met" : "MISSED");
  std::fflush(stdout);
}

void print_ratio(const std::string& what, double value) {
  std::printf("  => %-43s %8.2f\n", what.c_str(), value);
  std::fflush(stdout);
}

void print_note(const std::string& text) {
  std::printf("  %s\n", text.c_str());
  std::fflush(stdout);
}

}  // namespace packbench::benchmark
