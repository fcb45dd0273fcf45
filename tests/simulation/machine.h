// Machine: the computer of the bench: journal, catalog and the program on the simulated disk, and
// how it ends and starts again. The program stands behind BenchUnderTest, so that hosts with a
// known mistake can take its place. Thread rule: one thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "connector.h"
#include "domain/import_batch.h"
#include "host/host.h"
#include "store/catalog.h"
#include "store/journal.h"
#include "world.h"

namespace packbench::simulation {

class BenchUnderTest {
 public:
  virtual ~BenchUnderTest() = default;
  virtual Status start() = 0;
  virtual void input(const station::Input& input) = 0;
  virtual void look() = 0;  // the console's /view
  virtual bool pump() = 0;  // false where nothing waits
  virtual void rest() = 0;
  // Whether it sends confirmations by HTTP, and then what became of them.
  virtual bool sends() const { return false; }
  virtual void delivered(std::vector<exchange::DeliveryResult>) {}
  virtual std::shared_ptr<const station::StationView> view() const = 0;
};
using MakeBench = std::function<std::unique_ptr<BenchUnderTest>(host::HostParts)>;

// The product.
std::unique_ptr<BenchUnderTest> make_real_bench(host::HostParts parts);

class Machine {
 public:
  // `folder` is a real one for the few files that no file layer of SQLite holds: locks and a key.
  Machine(World& world, Connector& connector, const host::Config& config, MakeBench make,
          const std::string& folder, store::Synchronous synchronous);

  // Throws Crash where the machine stops meanwhile. Error: it cannot be opened.
  Status open();
  bool is_open() const { return bench_ != nullptr; }
  BenchUnderTest& bench() { return *bench_; }
  // Ends the program: in good order, or after a crash.
  void close();

  // An import by another program on the same machine; the Error says why it was not taken.
  Status import(const ImportBatch& batch);
  // Whether the journal is sound and every projection follows from it; the Error says what is not.
  Status verify() const;
  // Every row of every list, one JSON object a line.
  Result<std::string> lists();

 private:
  host::HostParts parts();

  World& world_;
  Connector& connector_;
  const host::Config& config_;
  MakeBench make_;
  const std::string folder_;
  const store::Synchronous synchronous_;
  std::unique_ptr<store::Journal> journal_;
  std::unique_ptr<store::Catalog> catalog_;
  std::unique_ptr<BenchUnderTest> bench_;
};

}  // namespace packbench::simulation
