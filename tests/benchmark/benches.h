// The questions; each prints its table. `folder` is a directory on the disk to be measured.
#pragma once

#include <string>

namespace packbench::benchmark {

struct StartSize {
  int orders = 100'000;
  int records = 1'000'000;
};

struct ListsSize {
  int parcels = 1'000'000;
  int open = 20'000;
  int to_pack = 2'000;
};

void bench_commit(const std::string& folder, int steps);
void bench_decision(const std::string& folder, int steps);
void bench_label(const std::string& folder, const std::string& program, int labels);
// The data is made once and used again.
void bench_lists(const std::string& folder, const ListsSize& size, int steps);
void bench_numbers(const std::string& folder, int numbers, int steps);
void bench_order(const std::string& folder, int orders);
void bench_outbox(const std::string& folder, int deliveries);
// `program` is packbench itself. The data is made once and used again.
void bench_start(const std::string& folder, const std::string& program, const StartSize& size,
                 int starts);

}  // namespace packbench::benchmark
