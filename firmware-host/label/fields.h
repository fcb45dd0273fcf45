// What a template may put on a label: a name for each text, how people call it, and the text
// itself, made from the content with everything hidden that must be (domain/privacy.h). Pure
// functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "label/canvas.h"
#include "label/content.h"

namespace packbench::label {

enum class FieldId {
  carrier,
  service,
  route_code,
  sorting_mark,
  consolidation,
  consolidation_code,
  standing,
  waybill,
  receiver_name,
  receiver_phone,
  receiver_address,
  sender_name,
  sender_phone,
  sender_address,
  order_numbers,
  date,
  parcel,
  weight,
  print,
  gift_message,
};

// The word for it in a template file: receiver_address.
std::optional<FieldId> field_of(std::string_view word);
// All of these words, for the message about an unknown one: "carrier, service, ...".
std::string field_words();

// What people call it, for messages.
Field field_name(FieldId id);

// The text as it is printed; empty where the content has none.
std::string field_text(const LabelContent& content, FieldId id);

}  // namespace packbench::label
