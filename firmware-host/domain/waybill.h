// Waybill: a carrier's number for one parcel, as offered to the bench and as given to a parcel.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/units.h"
#include "domain/order.h"

namespace packbench {

// own: we draw the label; preprinted: it came in the tote; supplied: a file from the platform.
enum class LabelSource { own, preprinted, supplied };

// A number that may be given to a parcel: allocated to an order, or from a carrier's range.
struct WaybillOffer {
  std::string carrier;
  std::string service;
  std::string number;
  std::optional<OrderKey> order;  // nothing: from the range
  std::string route_code;
  std::string consolidation;  // the name of the hub where parcels of one direction are bagged
  std::optional<Instant> expires_at;
  std::string label_file;               // not empty: label_source supplied
  std::string consolidation_code = {};  // the hub's short code
  std::string sorting_mark = {};  // in large letters for the sorter: 大头笔, sortation name
  // It lies behind the last one that was taken of its range: it had expired then, and was renewed.
  bool passed_over = false;
  bool operator==(const WaybillOffer&) const = default;
};

inline bool is_expired(const WaybillOffer& offer, Instant now) {
  return offer.expires_at && *offer.expires_at <= now;
}

}  // namespace packbench
