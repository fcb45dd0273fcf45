// The codec: every kind of record and the Station survive being written and read. The samples fill
// every field with something that is not its default, and the fields are counted by the compiler,
// so that a field somebody forgets to store fails here.
#include "station/codec.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/units.h"

namespace packbench::station {
namespace {

using Json = nlohmann::json;

// Converts to anything; counts the members of an aggregate by trying to fill one more.
struct Anything {
  template <class T>
  operator T() const;  // NOLINT: never called
};
template <class T, class... Filled>
constexpr std::size_t field_count() {
  if constexpr (requires { T{Filled{}..., Anything{}}; }) {
    return field_count<T, Filled..., Anything>();
  } else {
    return sizeof...(Filled);
  }
}
static_assert(field_count<Confirmation>() == 2);
static_assert(field_count<ItemPacked>() == 11);

const OrderKey key{"taobao", "mugs", "SO-1"};

Order sample_order() {
  Order order;
  order.key = key;
  order.kind = OrderKind::exchange;
  order.of = "SO-0";
  order.status = OrderStatus::refund_requested;
  order.paid_at = Instant{5};
  order.promised_ship_by = Instant{6};
  order.paid = Money{1250, "CNY"};
  order.buyer = "b1";
  order.merge_token = "m";
  order.requested_carrier = "SF";
  order.service = Service::same_day;
  order.gift = order.has_gift_message = order.has_buyer_note = order.has_seller_note = true;
  order.insured_value = Money{1, "JPY"};
  order.country = "CN";
  order.province = "广东";
  order.address_token = "t";
  order.lines = {{1, "MUG", "杯", "red", 2, Money{3, "CNY"}, true, LineStatus::refunded}};
  order.holds = {{"row_lost", "line 3"}};
  order.revision = 4;
  order.sealed_person = "c2VhbGVk";
  return order;
}

Part sample_part() {
  return {"MUG",   "杯",      "red",     2,        {{"4006381333931", 6}}, true, 350, {"fragile"},
          "title", "mug.png", {"spoon"}, "premium"};
}

OpenedOrder sample_opened() {
  return {sample_order(), {{sample_order().lines[0], {sample_part()}}}, Instant{7}, Instant{8}};
}

WaybillOffer sample_offer() {
  return {"SF",       "standard",  "SF100", key,     "021-A", "沪转",
          Instant{9}, "label.zpl", "HZ01",  "浙 A2", true};
}

const RaisedCheck check{"gift_wrap", true, {"MAT-1"}, true};

std::vector<Payload> samples() {
  return {
      Genesis{"b7", true},
      Refused{LaneId::dock, "wrong_item", {{"code", "X"}}},
      ShiftOpened{3},
      ShiftClosed{3},
      OperatorSignedIn{LaneId::dock, {"1001", "李", Role::supervisor}},
      OperatorSignedOut{LaneId::dock},
      WaveChosen{"W-1"},
      PackingStarted{"b7-W1",
                     {sample_opened()},
                     "item",
                     "SF",
                     "next_day",
                     LabelSource::supplied,
                     2,
                     sample_offer()},
      ParcelStarted{"b7-P1", "b7-W1", 2, {check}, {"card"}},
      QuantitySet{4},
      ItemPacked{"b7-P1", key, 1, 2, 3, true, "code", "lot", "serial", "270101", 4},
      ItemUndone{"b7-P1", 3, true},
      LineShort{key, 1, 2, "not_found", {1, 0}},
      ItemDamaged{key, 1, 1, 2},
      ItemDiffers{key, 1, 1, "blue"},
      CheckRaised{"b7-P1", {"take_out", true, {"MAT-1"}, true}},
      CheckAnswered{"b7-P1", "gift_wrap", "fail", "torn", "MAT-1"},
      CheckOverridden{"b7-P1", "weight", "wet"},
      ParcelWeighed{"b7-P1", 512, false},
      ParcelFilled{"b7-P1"},
      WaybillAssigned{"b7-P1", sample_offer(), LabelSource::preprinted},
      PrintRequested{"b7-P1", 2, "torn"},
      LabelIntent{"b7-P1", 2, "hash"},
      LabelSent{"b7-P1", 2},
      LabelPrinted{"b7-P1", 2},
      LabelRejected{"b7-P1", 2, "printer_fault", "paper_out"},
      LabelUnknown{"b7-P1", 2, "timeout"},
      LabelAnswered{"b7-P1", 2, true},
      LabelVerified{"b7-P1", 2, "SF100"},
      LabelVoided{"b7-P1", "SF", "SF100", "torn"},
      ParcelStaged{"b7-P1", 512},
      WorkParked{"b7-W1"},
      WorkResumed{"b7-W1"},
      WorkAbandoned{"b7-W1", "break"},
      WorkFinished{"b7-W1"},
      HandoverOpened{"b7-M1", "SF", "K1"},
      ParcelPickedUp{"b7-M1", "b7-P1"},
      PickupUndone{"b7-M1", "b7-P1"},
      ManifestClosed{"b7-M1", {"b7-P1"}, {{"b7-P1", key}}, {{"b7-P2", key}}, {"b7-P3"}, 1},
      ConfirmationReleased{{{"b7-P2", key}}},
      ConfirmationSent{40, "40.json"},
      OrderHeld{key, {"stop_list", "hold"}, 2, 3},
      OrderStopped{key, "refunded", 1, 2, 3, {"b7-P1"}, {"b7-P2"}},
      OrderReleased{key, 2, 3, {{"b7-P1", 2}}},
      FeedPassed{3},
      ClockAdvanced{60'000'000},
      WaybillReturned{"b7-P1", "SF", "standard", "SF100", "torn"},
      WaybillReturnSent{7, "b7-7.jsonl"},
      RangeLow{"b7-P1", "SF", "standard", 49},
      RangeRefilled{"SF", "standard"},
      CardRequested{key},
      CardEnded{key, CardResult::rejected, "media-empty"},
      ParcelVoided{"b7-P1", "cancelled"},
      TracesSeen{7, {{"b7-P1", "hub", Instant{8}}}},
      TraceAccepted{"b7-M2", "b7-P1", "SF", Instant{9}, {{"b7-P1", key}}, {{"b7-P1", key}}},
      PickupRefused{"b7-M1", "b7-P1", "torn"},
      IncidentNoted{"b7-M1", "late", "an hour"},
      ParcelReturned{"b7-P1", "unclaimed"},
      ParcelSettled{"b7-P1", "claimed"},
      DeliveriesOwed{40, 2},
      DeliveriesEnded{{{{40, 1}, true, 422, "no such order"}}},
      DeliveriesRetried{{{40, 1}}, 8},
  };
}

template <class T>
void expect_every_field_stored(const T& sample, const Json& written) {
  EXPECT_EQ(written.size(), field_count<T>()) << written.dump();
  const Json empty = Json::parse(encode(Payload{T{}}));
  for (const auto& [name, value] : written.items()) {
    EXPECT_NE(value, empty.at(name)) << name << " of the sample is the default and proves nothing";
  }
  (void)sample;
}

TEST(Codec, EveryKindIsSampled) {
  const auto all = samples();
  ASSERT_EQ(all.size(), std::variant_size_v<Payload>);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].index(), i) << kind_of(all[i]);
}

TEST(Codec, EveryKindSurvivesBeingStored) {
  for (const Payload& payload : samples()) {
    SCOPED_TRACE(std::string(kind_of(payload)));
    const std::string bytes = encode(payload);
    std::visit([&](const auto& each) { expect_every_field_stored(each, Json::parse(bytes)); },
               payload);
    const auto back = decode(kind_of(payload), record_version, bytes);
    ASSERT_TRUE(back.ok()) << back.error().text;
    EXPECT_EQ(back.value().index(), payload.index());
    EXPECT_EQ(encode(back.value()), bytes);
  }
}

TEST(Codec, TheFieldsInsideAreAllStored) {
  const Json opened = Json::parse(encode(samples()[7])).at("orders").at(0);
  EXPECT_EQ(opened.size(), field_count<OpenedOrder>());
  EXPECT_EQ(opened.at("order").size(), field_count<Order>());
  EXPECT_EQ(opened.at("order").at("key").size(), field_count<OrderKey>());
  EXPECT_EQ(opened.at("order").at("lines").at(0).size(), field_count<OrderLine>());
  EXPECT_EQ(opened.at("order").at("holds").at(0).size(), field_count<Hold>());
  EXPECT_EQ(opened.at("order").at("paid").size(), field_count<Money>());
  const Json part = opened.at("lines").at(0).at("parts").at(0);
  EXPECT_EQ(part.size(), field_count<Part>());
  EXPECT_EQ(part.at("barcodes").at(0).size(), field_count<ProductBarcode>());
  const Json parcel = Json::parse(encode(samples()[8]));
  EXPECT_EQ(parcel.at("checks").at(0).size(), field_count<RaisedCheck>());
  const Json waybill = Json::parse(encode(samples()[20]));
  EXPECT_EQ(waybill.at("offer").size(), field_count<WaybillOffer>());
}

TEST(Codec, StoresTheWordsThatOtherProgramsRead) {
  EXPECT_EQ(encode(Payload{ParcelPickedUp{"b7-M1", "b7-P1"}}),
            R"({"manifest":"b7-M1","parcel":"b7-P1"})");
  EXPECT_EQ(kind_of(Payload{ParcelPickedUp{}}), "parcel_picked_up");
  const auto back = decode("packing_started", 1, encode(Payload{samples()[7]}));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(std::get<PackingStarted>(back.value()).orders[0].order, sample_order());
}

TEST(Codec, AFieldThatAnOlderProgramDidNotKnowHasItsDefault) {
  const auto back = decode("parcel_weighed", 1, R"({"parcel":"b7-P1","grams":5})");
  ASSERT_TRUE(back.ok());
  EXPECT_TRUE(std::get<ParcelWeighed>(back.value()).within);
}

TEST(Codec, AWaybillFromBeforeTheSortersMarkStillReads) {
  const auto back = decode(
      "waybill_assigned", 1,
      R"({"parcel":"b7-P1","source":"own","offer":{"carrier":"SF","number":"SF100","consolidation":"X"}})");
  ASSERT_TRUE(back.ok());
  const WaybillOffer& offer = std::get<WaybillAssigned>(back.value()).offer;
  EXPECT_EQ(offer.consolidation, "X");
  EXPECT_EQ(offer.consolidation_code, "");
  EXPECT_EQ(offer.sorting_mark, "");
}

TEST(Codec, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(decode("teleported", 1, "{}").error().code, "unknown_kind");
  EXPECT_EQ(decode("item_packed", record_version + 1, "{}").error().code, "newer_record");
  EXPECT_EQ(decode("item_packed", 1, "{").error().code, "bad_record");
  EXPECT_EQ(decode("item_packed", 1, R"({"line":"one"})").error().code, "bad_record");
  EXPECT_EQ(decode("operator_signed_in", 1, R"({"lane":"roof"})").error().code, "bad_record");
  EXPECT_EQ(decode_station("[]").error().code, "bad_snapshot");
}

TEST(Codec, BytesThatAreNoTextBecomeReplacementCharacters) {
  const auto back = decode("wave_chosen", 1, encode(Payload{WaveChosen{"a\xff"}}));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(std::get<WaveChosen>(back.value()).code, "a\xEF\xBF\xBD");
}

Work sample_work() {
  OrderWork order;
  order.opened = sample_opened();
  order.lines = {{sample_opened().lines[0], {2}, {1}, 1, true}};
  order.stopped = true;
  order.held = Hold{"stop_list", "hold"};
  OpenParcel parcel;
  parcel.id = "b7-P1";
  parcel.index = 2;
  parcel.items = {{1, 1, 1, 1, true, "code", "lot", "serial", "270101"}};
  parcel.checks = {{check, "pass", "reason"}};
  parcel.cards = {"card"};
  parcel.label = {sample_offer(), LabelSource::supplied, PrintState::unknown, 2, 1, "p", "d"};
  parcel.weight_g = 5;
  parcel.weight_within = false;
  parcel.weight_overridden = parcel.filled = true;
  return {"b7-W1",        "item",  "SF",      "door", LabelSource::supplied,
          sample_offer(), {order}, {"b7-P0"}, parcel};
}

Station sample_station() {
  Station station;
  station.bench = "b7";
  station.frozen_clock = true;
  station.frozen_at = Instant{1};
  station.seq = 2;
  station.feed_cursor = 3;
  station.shift = 4;
  station.shifts = 5;
  station.works = 6;
  station.parcels_made = 7;
  station.manifests = 8;
  station.bench_op = Operator{"1001", "李", Role::supervisor};
  station.dock_op = Operator{"1002", "王", Role::packer};
  station.wave = "W-1";
  station.quantity = 9;
  station.work = sample_work();
  station.parked = {sample_work()};
  station.staged["b7-P0"] = {"b7-P0",       3,   sample_offer(), 2,      2,
                             {{key, 1, 2}}, 512, Instant{9},     "b7-M1"};
  station.by_number["SF100"] = "b7-P0";
  station.by_order[key] = {"b7-P0"};
  station.staged_of["SF"] = 1;
  station.held[key] = {"stop_list", "hold"};
  station.stopped[key] = {0, 2};
  station.manifest = Manifest{"b7-M1", "SF", "K1", Instant{3}, {"b7-P0"}};
  station.outbox = {40, 41};
  station.returns = {4};
  station.deliveries = {{40, {1, 2}}};
  station.refused = {{39, 1}};
  station.low_ranges = {{"SF|", {"b7-P1", "SF", "standard", 49}}};
  station.pins["1001"] = {2, 4, "boot"};
  station.counters["items_packed"] = 3;
  station.last_staged = "b7-P0";
  return station;
}

TEST(Codec, TheStationSurvivesBeingStored) {
  const std::string bytes = encode(sample_station());
  const Json written = Json::parse(bytes);
  const Json empty = Json::parse(encode(Station{}));
  EXPECT_EQ(written.size(), field_count<Station>());
  EXPECT_EQ(written["work"].size(), field_count<Work>());
  EXPECT_EQ(written["work"]["parcel"].size(), field_count<OpenParcel>());
  EXPECT_EQ(written["work"]["parcel"]["label"].size(), field_count<LabelState>());
  EXPECT_EQ(written["work"]["orders"][0].size(), field_count<OrderWork>());
  EXPECT_EQ(written["work"]["orders"][0]["lines"][0].size(), field_count<LineWork>());
  EXPECT_EQ(written["staged"]["b7-P0"].size(), field_count<StagedParcel>());
  for (const auto& [name, value] : written.items()) EXPECT_NE(value, empty.at(name)) << name;
  const auto back = decode_station(bytes);
  ASSERT_TRUE(back.ok()) << back.error().text;
  EXPECT_EQ(encode(back.value()), bytes);
  EXPECT_EQ(back.value().by_order, sample_station().by_order);
  EXPECT_EQ(back.value().stopped, sample_station().stopped);
}

TEST(Codec, TheShapeOfTheStationNamesTheFieldsInsideToo) {
  const std::string shape = station_shape();
  for (const char* field : {"feed_cursor", "preprinted", "short_quantity", "weight_overridden",
                            "on_paper", "picked_up", "per_unit", "na_allowed", "route_code"}) {
    EXPECT_NE(shape.find('"' + std::string(field) + '"'), std::string::npos) << field;
  }
}

}  // namespace
}  // namespace packbench::station
