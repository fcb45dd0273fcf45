// Alerts: what a packer is told. One table holds each code's texts in both languages, its sound and
// the next step; a code without a row does not compile.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace packbench::station {

enum class AlertCode {
  not_signed_in,
  bad_credentials,
  not_permitted,
  order_not_found,
  order_ambiguous,
  order_already_packed,
  order_on_hold,
  order_cancelled,
  unknown_barcode,
  bad_barcode,
  wrong_item,
  over_scan,
  duplicate_scan,
  expired_item,
  check_pending,
  check_failed,
  weight_mismatch,
  no_waybill,
  waybill_expired,
  label_unprintable,
  printer_fault,
  print_unknown,
  wrong_label,
  stale_label,
  pickup_missing,
  wrong_carrier,
  already_picked_up,
  not_ready,
  storage_fault,
  bad_command,
  waybill_malformed,
  card_not_printed,
  delivery_refused,
  delivery_late,
  count_differs,
  parcel_returned,
  region_stopped,
  manifest_not_printed,
  manifest_code,
  count_
};

enum class Sound { none, wrong_item, over_scan, unknown, attention, dock_refused };
enum class Language { zh, en };

struct Alert {
  AlertCode code = AlertCode::bad_command;
  std::map<std::string, std::string> params;  // {name} in the texts; never a person's data
};

struct AlertRow {
  AlertCode code;
  std::string_view name;              // the contract: never renamed
  std::string_view zh, en;            // what happened
  std::string_view next_zh, next_en;  // what to do next
  Sound sound;
};
const AlertRow& alert_row(AlertCode code);
std::string alert_text(const Alert& alert, Language language);
std::string alert_next(const Alert& alert, Language language);
Sound alert_sound(const Alert& alert);

}  // namespace packbench::station
