// The outbox as somebody looks at it: what became of each confirmation that was released. Plain
// values; read by JournalReader::outbox.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/units.h"
#include "domain/delivery_id.h"
#include "domain/order.h"

namespace packbench::store {

struct OutboxRow {
  DeliveryId id;
  std::string parcel;
  OrderKey order;
  std::string carrier, number;
  Instant released_at;
  std::string file;      // empty: not written yet
  std::string delivery;  // waiting | delivered | refused; empty: none is owed by HTTP
  int status = 0;        // of HTTP, where it has ended
  std::string reason;    // the server's own words
  std::optional<Instant> ended_at;
  // Neither taken by the server nor, where none is asked, on the disk.
  bool is_unsent() const { return delivery.empty() ? file.empty() : delivery != "delivered"; }
};

struct OutboxQuery {
  bool all = false;                 // else only what is unsent
  std::optional<Instant> from, to;  // of the release; `to` is the first moment outside
};

}  // namespace packbench::store
