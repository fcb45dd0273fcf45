// How long the console takes to be ready over a long memory.
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/check.h"
#include "bench_data.h"
#include "benches.h"
#include "figures.h"

extern char** environ;

namespace packbench::benchmark {
namespace {

using namespace station;

constexpr int orders_of_an_import = 5'000;
constexpr int orders_of_a_manifest = 500;
constexpr int records_since_snapshot = 350;  // Host::rest takes one every 400
constexpr double start_goal_ms = 300;

// Time from the start of the program until it has answered its first line.
double start_us(const std::string& program, const std::vector<std::string>& arguments,
                const std::string& line) {
  int in[2], out[2];
  CHECK(::pipe(in) == 0 && ::pipe(out) == 0);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in[0], 0);
  ::posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  for (const int fd : {in[0], in[1], out[0], out[1]})
    ::posix_spawn_file_actions_addclose(&actions, fd);
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  CHECK(::write(in[1], line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  const Stopwatch watch;
  pid_t child = 0;
  CHECK(::posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environ) == 0);
  ::close(in[0]);
  ::close(out[1]);
  char answer = 0;
  const bool answered = ::read(out[0], &answer, 1) == 1;
  const double us = watch.us();
  ::close(in[1]);
  ::close(out[0]);
  int status = 0;
  CHECK(::waitpid(child, &status, 0) == child);
  ::posix_spawn_file_actions_destroy(&actions);
  CHECK(answered);
  return us;
}

void hand_over(OpenJournal& open, int manifest, const std::vector<Payload>& parcels, int from) {
  const std::string id = "B100001-M" + std::to_string(manifest);
  std::vector<Payload> records{HandoverOpened{id, "SF", "K1"}};
  ManifestClosed closed{id, {}, {}, {}, {}};
  for (const Payload& payload : parcels) {
    const auto* staged = std::get_if<ParcelStaged>(&payload);
    if (staged == nullptr) continue;
    records.push_back(ParcelPickedUp{id, staged->parcel});
    const int index = from + static_cast<int>(closed.parcels.size());
    closed.parcels.push_back(staged->parcel);
    closed.released.push_back({staged->parcel, {"taobao", "mugs", order_number(index)}});
  }
  commit(open, records, at(from));
  commit(open, {closed}, at(from));
  commit(open, {ConfirmationSent{open.station.seq, id}}, at(from));
}

void make_journal(const std::string& folder, int records) {
  OpenJournal open = open_journal(folder);
  commit(open, {ShiftOpened{1}, OperatorSignedIn{LaneId::bench, {"1001", "Lin", Role::packer}}},
         at(1));
  int index = 0, manifest = 0;
  while (open.station.seq < records) {
    std::vector<Payload> batch;
    const int from = index;
    for (int i = 0; i < orders_of_a_manifest; ++i) {
      for (Payload& payload : packed_order(open.station, index++))
        batch.push_back(std::move(payload));
    }
    commit(open, batch, at(from));
    hand_over(open, ++manifest, batch, from);
    CHECK(open.journal->checkpoint().ok());
    if (manifest % 20 == 0) std::cout << "  " << open.station.seq << " records" << std::endl;
  }
  CHECK(open.journal->save_snapshot(open.station).ok());
  for (int i = 0; i < records_since_snapshot / records_of_an_order; ++i) {
    ++index;
    commit(open, packed_order(open.station, index), at(index));
  }
}

// Made beside it and renamed, so that a half-made one is never used. The name ends in the format of
// the stores: another format's data is made anew.
std::string data_folder(const std::string& parent, const StartSize& size) {
  const std::string folder =
      parent + "/start-" + std::to_string(size.orders) + "-" + std::to_string(size.records) + "-2";
  if (std::filesystem::exists(folder)) return folder;
  std::cout << "\nmaking " << size.orders << " orders and " << size.records
            << " records, once; this takes some minutes" << std::endl;
  const std::string half = fresh_folder(parent, "start-half-made");
  import(half, make_site(size.orders));
  for (int from = 0; from < size.orders; from += orders_of_an_import)
    import(half, make_orders(from, std::min(size.orders, from + orders_of_an_import)));
  make_journal(half, size.records);
  std::filesystem::rename(half, folder);
  return folder;
}

}  // namespace

void bench_start(const std::string& parent, const std::string& program, const StartSize& size,
                 int starts) {
  const std::string folder = data_folder(parent, size);
  const std::string empty = fresh_folder(parent, "start-empty");
  Series bare, small, large;
  for (int i = -1; i < starts; ++i) {
    const double bare_us = start_us(program, {"--help"}, "");
    const double small_us = start_us(program, {"console", "--json", "--data", empty}, "/view\n");
    const double large_us = start_us(program, {"console", "--json", "--data", folder}, "/view\n");
    if (i < 0) continue;  // the first makes the empty bench and warms the page cache
    bare.add(bare_us);
    small.add(small_us);
    large.add(large_us);
  }
  print_title("Start of the console to its first answer, in turns");
  print_series("the program alone (--help)", bare);
  print_series("an empty bench", small);
  print_series(
      std::to_string(size.orders) + " orders, " + std::to_string(size.records) + " records", large);
  print_goal("start over a long memory, p50", large.at(0.5) / 1000, start_goal_ms, "ms");
}

}  // namespace packbench::benchmark
