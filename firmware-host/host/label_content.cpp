#include "host/label_content.h"

#include <algorithm>

#include "base/time_text.h"

namespace packbench::host {
namespace {

using label::LabelContent;
using label::LabelParty;

LabelParty party_of(const Receiver& receiver, bool organisation) {
  LabelParty party;
  party.name = receiver.name;
  party.phone = receiver.phone;
  const std::string region = receiver.province +
                             (receiver.city == receiver.province ? "" : receiver.city) +
                             receiver.district;
  if (!region.empty()) party.address.push_back(region);
  if (!receiver.address.empty()) party.address.push_back(receiver.address);
  party.postcode = receiver.postcode;
  party.country = receiver.country == "CN" ? "" : receiver.country;
  party.organisation = organisation;
  return party;
}

LabelContent base_content(const PersonalData& person, const Config& config,
                          const LabelStamp& stamp) {
  LabelContent content;
  content.bench = stamp.bench;
  content.sender = party_of(config.sender, true);
  content.receiver = party_of(person.receiver, false);
  content.gift_message = person.gift_message;
  content.date = format_local(stamp.now, config.policy.zone, "%Y-%m-%d");
  return content;
}

void set_carrier(LabelContent& content, const std::string& carrier, const std::string& service,
                 const Config& config) {
  content.carrier = carrier;
  const auto name = config.carrier_names.find(carrier);
  content.carrier_name = name == config.carrier_names.end() ? carrier : name->second;
  content.service = service;
}

void add_marks(LabelContent& content, const std::vector<std::string>& handling) {
  for (const std::string& word : handling) {
    const auto mark = label::handling_mark(word);
    auto& marks = content.marks;
    if (mark && std::find(marks.begin(), marks.end(), *mark) == marks.end()) marks.push_back(*mark);
  }
}

}  // namespace

LabelContent label_content(const station::Work& work, const station::OpenParcel& parcel,
                           int attempt, const PersonalData& person, const Config& config,
                           const LabelStamp& stamp) {
  LabelContent content = base_content(person, config, stamp);
  const WaybillOffer& offer = *parcel.label.waybill;
  set_carrier(content, offer.carrier, offer.service, config);
  content.route_code = offer.route_code;
  content.sorting_mark = offer.sorting_mark;
  content.consolidation = offer.consolidation;
  content.consolidation_code = offer.consolidation_code;
  content.waybill = offer.number;
  content.attempt = attempt;
  content.parcel_index = parcel.index;
  content.parcel_count = parcel.filled ? 0 : parcel.index;
  if (parcel.weight_g) content.weight = Grams{*parcel.weight_g};
  // Paper of this number may exist already: the new one says so.
  content.duplicate = parcel.label.on_paper;
  for (const station::OrderWork& order : work.orders) {
    content.order_numbers.push_back(order.opened.order.key.number);
    content.gift = content.gift || order.opened.order.gift;
    for (const station::LineWork& line : order.lines) {
      for (const station::Part& part : line.opened.parts) add_marks(content, part.handling);
    }
  }
  return content;
}

LabelContent card_content(const PersonalData& person, const Config& config,
                          const LabelStamp& stamp) {
  return base_content(person, config, stamp);
}

LabelContent specimen_content(const Order& order, const PersonalData& person, const Config& config,
                              const LabelStamp& stamp) {
  LabelContent content = base_content(person, config, stamp);
  const std::string carrier =
      order.requested_carrier.empty() ? config.policy.default_carrier : order.requested_carrier;
  set_carrier(content, carrier, config.policy.default_service, config);
  content.waybill = "SPECIMEN000000";
  content.order_numbers.push_back(order.key.number);
  content.gift = order.gift;
  return content;
}

}  // namespace packbench::host
