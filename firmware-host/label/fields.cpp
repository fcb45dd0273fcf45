#include "label/fields.h"

#include <array>

#include "domain/privacy.h"

namespace packbench::label {
namespace {

constexpr std::size_t kOrderLineMax = 36;

struct Row {
  FieldId id;
  std::string_view word;
  Field name;
};

constexpr std::array kNames = {
    Row{FieldId::carrier, "carrier", {"Carrier", "快递公司"}},
    Row{FieldId::service, "service", {"Service", "时效产品"}},
    Row{FieldId::route_code, "route_code", {"Route code", "三段码"}},
    Row{FieldId::sorting_mark, "sorting_mark", {"Sorting mark", "大头笔"}},
    Row{FieldId::consolidation, "consolidation", {"Consolidation", "集包地"}},
    Row{FieldId::consolidation_code, "consolidation_code", {"Consolidation code", "集包代码"}},
    Row{FieldId::standing, "standing", {"Attempt", "打印次数"}},
    Row{FieldId::waybill, "waybill", {"Waybill", "运单号"}},
    Row{FieldId::receiver_name, "receiver_name", {"Receiver's name", "收件人"}},
    Row{FieldId::receiver_phone, "receiver_phone", {"Receiver's phone", "收件电话"}},
    Row{FieldId::receiver_address, "receiver_address", {"Receiver's address", "收件地址"}},
    Row{FieldId::sender_name, "sender_name", {"Sender's name", "寄件人"}},
    Row{FieldId::sender_phone, "sender_phone", {"Sender's phone", "寄件电话"}},
    Row{FieldId::sender_address, "sender_address", {"Sender's address", "寄件地址"}},
    Row{FieldId::order_numbers, "order_numbers", {"Order", "订单"}},
    Row{FieldId::date, "date", {"Date", "日期"}},
    Row{FieldId::parcel, "parcel", {"Parcel", "件数"}},
    Row{FieldId::weight, "weight", {"Weight", "重量"}},
    Row{FieldId::print, "print", {"Bench", "工位"}},
    Row{FieldId::gift_message, "gift_message", {"Gift message", "赠言"}},
};

// Groups of four, as people read numbers aloud. The bars hold the number without spaces.
std::string grouped(std::string_view number) {
  std::string out;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (i > 0 && i % 4 == 0 && number.size() - i >= 2) out += ' ';
    out += number[i];
  }
  return out;
}

// As many order numbers as one line holds at its smallest size; the others are counted: "A, B +3".
std::string order_line(const std::vector<std::string>& numbers) {
  std::string out;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0 && out.size() + numbers[i].size() > kOrderLineMax) {
      return out + " +" + std::to_string(numbers.size() - i);
    }
    out += (i > 0 ? ", " : "") + numbers[i];
  }
  return out;
}

std::string name_of(const LabelParty& who) {
  return who.organisation ? who.name : mask_name(who.name);
}

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

// Lines of an address in one: hanzi need nothing between them, Latin words a comma.
std::string address_of(const LabelParty& who) {
  std::string out;
  for (const std::string& line : who.address) {
    const std::string part = mask_address(line);
    if (part.empty()) continue;
    if (!out.empty()) out += is_ascii(out.back()) && is_ascii(part.front()) ? ", " : " ";
    out += part;
  }
  for (const std::string& part : {who.postcode, who.country}) {
    if (!part.empty()) out += (out.empty() ? "" : " ") + part;
  }
  return out;
}

std::string weight_text(const std::optional<Grams>& weight) {
  if (!weight || weight->count < 0) return "";
  const std::string grams = std::to_string(weight->count % 1000);
  return std::to_string(weight->count / 1000) + '.' + std::string(3 - grams.size(), '0') + grams +
         " kg";
}

// What this print is when it is not simply the parcel's label.
std::string standing(const LabelContent& content) {
  if (content.attempt == 0) return "样张 SPECIMEN";
  const int repeat = content.duplicate > 0 ? content.duplicate
                     : content.attempt > 1 ? content.attempt
                                           : 0;
  return repeat == 0 ? "" : "重打 DUPLICATE " + std::to_string(repeat);
}

}  // namespace

std::optional<FieldId> field_of(std::string_view word) {
  for (const Row& row : kNames) {
    if (row.word == word) return row.id;
  }
  return std::nullopt;
}

std::string field_words() {
  std::string out;
  for (const Row& row : kNames) out += (out.empty() ? "" : ", ") + std::string(row.word);
  return out;
}

Field field_name(FieldId id) {
  for (const Row& row : kNames) {
    if (row.id == id) return row.name;
  }
  return {};
}

std::string field_text(const LabelContent& c, FieldId id) {
  switch (id) {
    case FieldId::carrier:
      return c.carrier_name.empty() ? c.carrier : c.carrier_name;
    case FieldId::service:
      return c.service;
    case FieldId::route_code:
      // Where a carrier gives no route code, the postcode is what the parcel is sorted by.
      return c.route_code.empty() ? c.receiver.postcode : c.route_code;
    case FieldId::sorting_mark:
      return c.sorting_mark;
    case FieldId::consolidation:
      return c.consolidation;
    case FieldId::consolidation_code:
      return c.consolidation_code;
    case FieldId::standing:
      return standing(c);
    case FieldId::waybill:
      return grouped(c.waybill);
    case FieldId::receiver_name:
      return name_of(c.receiver);
    case FieldId::receiver_phone:
      return mask_phone(c.receiver.phone);
    case FieldId::receiver_address:
      return address_of(c.receiver);
    case FieldId::sender_name:
      return name_of(c.sender);
    case FieldId::sender_phone:
      return mask_phone(c.sender.phone);
    case FieldId::sender_address:
      return address_of(c.sender);
    case FieldId::order_numbers:
      return order_line(c.order_numbers);
    case FieldId::date:
      return c.date;
    case FieldId::parcel:
      return std::to_string(c.parcel_index) +
             (c.parcel_count > 0 ? "/" + std::to_string(c.parcel_count) : std::string());
    case FieldId::weight:
      return weight_text(c.weight);
    case FieldId::print:
      return c.bench + " #" + std::to_string(c.attempt);
    case FieldId::gift_message:
      return c.gift_message;
  }
  return "";
}

}  // namespace packbench::label
