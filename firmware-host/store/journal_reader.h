// JournalReader: questions to the journal's projections, for the core's facts, `packbench show`
// and the report. One of its own reads beside a running bench and changes nothing; the Journal has
// one on its own connection. Thread rule: that of its connection, one thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "domain/manifest.h"
#include "domain/order.h"
#include "domain/pickups.h"
#include "domain/reconcile.h"
#include "station/facts.h"
#include "station/record.h"
#include "store/figures.h"
#include "store/order_story.h"
#include "store/outbox_list.h"
#include "store/read_view.h"
#include "store/to_pack.h"

namespace packbench::store {

class Database;

// A confirmation that the record `release` released, as its outbox file tells it.
struct ReleasedConfirmation {
  station::Confirmation confirmation;
  std::string carrier, service, number;
  Instant picked_up_at;
  Instant released_at;
  std::string manifest;
  std::vector<station::Content> contents;  // of this order in this parcel
  bool by_trace = false;                   // its pickup is the carrier's word
};

// A number that the record `returned` gave back, as its file for the carrier tells it.
struct ReturnedNumber {
  station::WaybillReturned number;
  Instant at;
};

// Whose journal it is and how late it is there.
struct JournalClock {
  std::string bench;
  bool frozen = false;
  Instant last;  // of the newest record
};

class JournalReader {
 public:
  // Error where there is none to read: no_journal, key_missing, older_journal, newer_journal.
  static Result<std::unique_ptr<JournalReader>> open(const std::string& directory,
                                                     const std::string& vfs = {});
  // `database` must outlive this; `key` is the chain's.
  JournalReader(Database& database, const std::array<std::uint8_t, 32>& key);
  ~JournalReader();
  JournalReader(const JournalReader&) = delete;
  JournalReader& operator=(const JournalReader&) = delete;

  ReadView read_view() const { return ReadView(db_); }

  // Facts. An order that the journal never met has an empty history.
  Result<station::OrderHistory> order_history(const OrderKey& key) const;
  Result<std::optional<station::ParcelFact>> parcel_by_number(const std::string& number) const;
  // The parcel that a carrier's trace is about: nobody's where the number was given out later.
  Result<std::optional<station::ParcelId>> traced_parcel(const Trace& trace) const;
  // True for ever once a number was given to a parcel, voided ones too.
  Result<bool> is_number_used(const std::string& carrier, const std::string& number) const;
  // The last number taken from this carrier's range: where the search for the next one begins.
  Result<std::string> last_range_number(const std::string& carrier,
                                        const std::string& service) const;
  // `code` is the item's, as its record kept it, or its SKU.
  Result<bool> is_serial_packed(const std::string& code, const std::string& serial) const;

  // The confirmations of one release, in the order of its record. The record is held against the
  // chain first, so that no row written by hand ever reaches an outbox file.
  Result<std::vector<ReleasedConfirmation>> release(std::int64_t seq) const;

  // What became of the confirmations, in the order of their release.
  Result<std::vector<OutboxRow>> outbox(const OutboxQuery& query) const;

  // What the record `seq` gave back, held against the chain and the pickups first.
  Result<ReturnedNumber> returned(std::int64_t seq) const;

  Result<JournalClock> clock() const;

  Result<OrderStory> story(const OrderKey& key) const;
  // Keys under which the journal knows an order number.
  Result<std::vector<OrderKey>> orders_numbered(const std::string& number) const;

  Result<std::vector<ShiftRow>> shifts() const;  // newest first
  Result<std::vector<TallyRow>> tally_of_shift(std::int64_t shift) const;
  Result<std::vector<TallyRow>> tally_between(Instant from, Instant to) const;
  // Every parcel that may stand in a list other than done, as of `now`. The facts are `visit`'s own
  // until it returns.
  Status each_open_parcel(Instant now, const std::function<void(ParcelFacts&)>& visit) const;
  // Of these, every one that is here, without the moments of its events.
  Status each_parcel_here(const std::function<void(ParcelFacts&)>& visit) const;
  Result<std::vector<ParcelFacts>> open_parcels(Instant now) const;
  Result<std::vector<ParcelFacts>> confirmed_parcels(Instant from, Instant to) const;
  // Of this id, or the newest where it is empty; nothing where there is none.
  Result<std::optional<StoredManifest>> manifest(const std::string& id) const;
  // The newest of each carrier.
  Result<std::vector<LastHandover>> last_handovers() const;
  // That the parcel was handed over with; empty: it was not.
  Result<std::string> manifest_of(const std::string& parcel) const;
  // Whether the order is packed or stopped, for good.
  Result<bool> is_over(const OrderKey& key) const;
  Result<HandledOrders> handled_orders() const;

 private:
  explicit JournalReader(std::unique_ptr<Database> own, const std::array<std::uint8_t, 32>& key);

  std::unique_ptr<Database> own_;
  Database& db_;
  const std::array<std::uint8_t, 32> key_;
};

}  // namespace packbench::store
