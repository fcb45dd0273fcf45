// CatalogWriter: the only way into the catalog, for imports beside a running bench. Holds the lock
// file catalog.lock as long as it lives, so that there is one writer and one checkpointer.
// Thread rule: one thread. Errors: as Catalog's; busy when another import does not end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "domain/delivery_id.h"
#include "domain/import_batch.h"
#include "store/catalog.h"

namespace packbench::store {

// Fills the bytes at random; keys and nonces are drawn from it.
using RandomSource = std::function<void(std::span<std::uint8_t>)>;

// An entry that could not be taken: `list` is the member of ImportBatch, `index` its place there.
// code: order_not_found, order_ambiguous, line_not_found.
struct ApplyProblem {
  std::string list;
  std::size_t index = 0;
  std::string code;
  std::string text;
};

struct ListCount {
  std::size_t added = 0, changed = 0, same = 0;
};
struct ApplyCounts {
  ListCount orders, products, waybills, operators, aliases, stops, visits, stop_regions, traces;
  std::vector<ApplyProblem> problems;
};

class CatalogWriter {
 public:
  // `patience`: how long it may wait for another import to end.
  static Result<std::unique_ptr<CatalogWriter>> open(const CatalogOptions& options,
                                                     Duration patience = Duration::seconds(30));
  virtual ~CatalogWriter() = default;

  // One transaction: all but the problems, or nothing. Importing the same again changes nothing.
  // An order that differs from its last import counts its revision up and gets rows in the feed
  // (status, line_status, changed); a stop gets one of kind stop and stays in force whatever later
  // imports of the order say. An operator without a PIN in the batch keeps the one he has.
  virtual Result<ApplyCounts> apply(const ImportBatch& batch, const RandomSource& random) = 0;

  // Asks the bench to send a refused confirmation again; nothing: all of them.
  virtual Status retry(const std::optional<DeliveryId>& delivery) = 0;

  // Orders that are `over`, packed or stopped for good, wait no longer: the list of those that do
  // need not pass over them.
  virtual Status forget_waiting(const std::function<bool(const OrderKey&)>& over) = 0;

  // Destroys the order's key: receiver and notes can be read nowhere any more, neither here nor in
  // the journal. A later import of the order does not bring them back.
  virtual Status erase_person(const OrderKey& key) = 0;
};

}  // namespace packbench::store
