// What the benchmarks pack: orders, products and the records of parcels, made up in the simplest
// way that a bench would have it. Everything is made in folders of its own on the real disk.
#pragma once

#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/result.h"
#include "domain/import_batch.h"
#include "host/config.h"
#include "station/record.h"
#include "station/station.h"
#include "store/catalog.h"
#include "store/journal.h"

namespace packbench::benchmark {

inline constexpr int wares = 50;

// An EAN-13 of ware 0 ... wares-1.
std::string ware_code(int ware);
std::string order_number(int index);
std::string waybill_number(int index);
Now at(std::int64_t second);

// Orders `from` ... `to`-1 of three lines with one piece each; no two lines of one order alike.
ImportBatch make_orders(int from, int to);
ImportBatch make_site(int waybills);  // products, operators, a range of numbers
void import(const std::string& folder, const ImportBatch& batch);

// The journal of a new or an older folder, and the Station that its records make.
struct OpenJournal {
  std::unique_ptr<store::Journal> journal;
  station::Station station;
};
OpenJournal open_journal(const std::string& folder, const std::string& vfs = {});
void commit(OpenJournal& open, const std::vector<station::Payload>& payloads, Now now);

// All records of order `index`, from the first scan to the staged parcel.
std::vector<station::Payload> packed_order(const station::Station& station, int index);
inline constexpr int records_of_an_order = 13;

template <class T>
T must(Result<T> result) {
  if (!result) std::cerr << "benchmark: " << result.error().text << std::endl;
  CHECK(result.ok());
  return std::move(result).value();
}

std::string read_text(const std::string& path);
host::Config make_config();

// A folder that is empty when it is handed over.
std::string fresh_folder(const std::string& parent, const std::string& name);

}  // namespace packbench::benchmark
