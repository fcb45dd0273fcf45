#include <sodium.h>

#include <cstdio>
#include <iostream>

#include "exchange/import.h"
#include "host/outbox_file.h"
#include "program/commands.h"
#include "program/import_options.h"
#include "store/catalog_writer.h"
#include "store/journal_reader.h"

namespace packbench::program {
namespace {

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

// Written beside the file; an older one of an earlier try is taken away when nothing is rejected.
Status write_rejects(const std::string& file, const exchange::ImportOutcome& outcome) {
  const std::string path = file + ".rejects.csv";
  if (outcome.rejects.empty()) {
    std::remove(path.c_str());
    return Ok{};
  }
  return host::write_whole_file(folder_of(path), path.substr(path.find_last_of('/') + 1),
                                exchange::rejects_csv(outcome.rejects));
}

class Importer {
 public:
  Importer(store::CatalogWriter& catalog, exchange::ImportOptions options)
      : catalog_(catalog), options_(std::move(options)) {}

  // Each file is one transaction; a file that cannot be read does not keep the next one out.
  void take(const std::string& file) {
    auto text = read_file(file);
    if (!text) return unreadable(file, text.error());
    auto outcome = exchange::import_text(text.value(), options_);
    if (!outcome) return unreadable(file, outcome.error());
    auto applied = catalog_.apply(outcome.value().batch, random_bytes);
    if (!applied) return unreadable(file, applied.error());
    for (const store::ApplyProblem& problem : applied.value().problems)
      exchange::reject_entry(outcome.value(), problem.list, problem.index, problem.text);
    if (const Status written = write_rejects(file, outcome.value()); !written)
      fail(written.error());
    for (const exchange::Reject& reject : outcome.value().rejects)
      std::cerr << file << ":" << reject.line << ": " << reject.reason << "\n";
    for (const std::string& advice : exchange::advice_lines(outcome.value()))
      std::cerr << file << ": " << advice << "\n";
    totals_.add(outcome.value());
    ++read_;
  }

  int finish(std::size_t files) const {
    if (const std::string other = totals_.other_text(); !other.empty()) std::cout << other << "\n";
    std::cout << totals_.text() << std::endl;
    if (read_ == 0) return 1;
    return totals_.rejected > 0 || read_ < files ? 2 : 0;
  }

 private:
  void unreadable(const std::string& file, const Error& error) {
    std::cerr << file << ": " << error.text << "\n";
  }

  store::CatalogWriter& catalog_;
  const exchange::ImportOptions options_;
  exchange::ImportTotals totals_;
  std::size_t read_ = 0;
};

// Keeps the list of what waits short. It is right without this: no error of it is one of the
// import.
void forget_what_is_over(store::CatalogWriter& catalog, const std::string& data) {
  const auto journal = store::JournalReader::open(data);
  if (!journal) return;
  const Status forgotten = catalog.forget_waiting([&](const OrderKey& key) {
    const auto over = journal.value()->is_over(key);
    return over && over.value();
  });
  if (!forgotten) std::cerr << forgotten.error().text << "\n";
}

}  // namespace

int run_import(const ImportRequest& request) {
  if (sodium_init() < 0) return fail({"no_random", "the machine gives no randomness"});
  if (const Status made = make_folder(request.places.data); !made) return fail(made.error());
  const auto config = load_config(request.places);
  if (!config) return fail(config.error());
  const store::CatalogOptions place{request.places.data, ""};
  auto writer = store::CatalogWriter::open(place);
  if (!writer) return fail(writer.error());
  auto reader = store::Catalog::open(place);
  if (!reader) return fail(reader.error());
  auto common = import_options(request.places, config.value());
  if (!common) return fail(common.error());
  exchange::ImportOptions options = std::move(common).value();
  options.map = request.map;
  options.set = request.set;
  options.stored_pin_hash = [&](const std::string& badge) {
    const auto found = reader.value()->operator_of(badge);
    return found && found.value() ? found.value()->pin_hash : std::string();
  };
  Importer importer(*writer.value(), std::move(options));
  for (const std::string& file : request.files) importer.take(file);
  forget_what_is_over(*writer.value(), request.places.data);
  return importer.finish(request.files.size());
}

}  // namespace packbench::program
