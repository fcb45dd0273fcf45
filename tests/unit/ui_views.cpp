#include "ui_views.h"

#include "base/check.h"
#include "domain/pickups.h"

namespace packbench::ui_test {
namespace {

using station::AlertCode;
using station::AlertView;
using station::LaneId;
using station::Language;
using station::OrderView;
using station::PartView;
using station::Phase;
using station::StationView;

struct Maker {
  Language language;

  std::string word(const std::string& zh, const std::string& en) const {
    return language == Language::zh ? zh : en;
  }

  PartView part(const std::string& sku, const std::string& name, const std::string& variant,
                const std::string& image, int wanted, int packed) const {
    return {sku, name, variant, "", image, {}, wanted, packed, false};
  }

  PartView mug(int wanted, int packed) const {
    PartView mug = part("MUG-01", word("马克杯", "Cloud mug"), word("奶白 350 ml", "Cream 350 ml"),
                        "drawn:mug", wanted, packed);
    mug.listing_title =
        word("【云朵系列】北欧风陶瓷马克杯带木盖礼盒装家用办公室情侣咖啡杯送杯垫",
             "Cloud series ceramic mug with wooden lid, gift boxed, coaster included");
    mug.accessories = {word("木盖", "lid"), word("杯垫", "coaster")};
    return mug;
  }
  PartView shirt(int wanted, int packed) const {
    return part("TEE-07", word("T恤", "T-shirt"), word("雾蓝 L", "Mist blue L"), "drawn:shirt",
                wanted, packed);
  }

  static OrderView order(const std::string& number, std::vector<PartView> parts) {
    OrderView order;
    order.key = {"taobao", "青柚家居", number};
    int ordinal = 1;
    for (PartView& part : parts) {
      station::LineView line;
      line.ordinal = ordinal++;
      line.sku = part.sku;
      line.name = part.name;
      line.variant = part.variant;
      line.ordered = part.wanted;
      line.packed = part.packed;
      line.parts = {std::move(part)};
      order.lines.push_back(std::move(line));
    }
    return order;
  }

  StationView bench(Phase phase) const {
    StationView view;
    view.bench = "3";
    view.closed_manifest = "B380608-M4";
    view.now = kSampleNow;
    view.phase = phase;
    if (phase != Phase::signed_out) view.op = Operator{"1001", word("李秀英", "Li Xiuying"), {}};
    view.devices = {
        {"scanner", true, {}}, {"printer", true, {}}, {"scale", true, {}}, {"network", true, {}}};
    view.counters = {{"parcels_staged", 86}, {"refused:wrong_item", 4}, {"pickups", 41}};
    view.staged_count = 45;
    return view;
  }

  StationView with_order(Phase phase, std::vector<PartView> parts) const {
    StationView view = bench(phase);
    view.orders = {order("2026112200946318", std::move(parts))};
    view.carrier = "SF";
    view.ship_by = kSampleNow + Duration::hours(20);
    view.last_visit = kSampleNow + Duration::minutes(118);
    view.parcel = station::ParcelView{"B3-P1", 1, "open", std::nullopt, 832};
    view.cards = {{"box", {"3 号箱", "Box 3"}, {"30×20×15", "30×20×15"}},
                  {"bubble", {"气泡卷 2 层", "Bubble roll x2"}, {"每只杯子", "Wrap each piece"}},
                  {"tape", {"十字封", "Cross tape"}, {"四角压平", "Press the corners"}}};
    return view;
  }

  StationView labelled(Phase phase, const std::string& state) const {
    StationView view = with_order(phase, {mug(2, 2), shirt(1, 1)});
    view.parcel->weight_g = 846;
    view.waybill = station::WaybillView{"SF", "SF1000000000001", 1, state};
    return view;
  }

  static void alert(StationView& view, AlertCode code, bool accepted, const std::string& scanned,
                    station::Params params = {}) {
    view.alert = station::alert_view({code, std::move(params)});
    view.accepted = accepted;
    view.scanned = scanned;
  }

  void checks(StationView& view) const {
    view.checks = {
        {"gift_wrap",
         {"礼品袋和贺卡放好了吗？价格单拿掉了吗？", "Gift bag and card in, price list out?"},
         "",
         "print",
         false},
        {"padding_fragile",
         {"气泡卷包了两层，摇一摇没有响声吗？",
          "Two bubble layers, and nothing moves when shaken?"},
         "",
         "staging",
         false}};
  }

  // One that missed its visit, two for the one that is on, then today's last and tomorrow's.
  static std::optional<Instant> left_visit(int i) {
    if (i == 0) return kSampleNow - Duration::minutes(62);
    if (i < 3) return kSampleNow + Duration::minutes(8);
    if (i < 12) return kSampleNow + Duration::minutes(118);
    return i < 14 ? std::optional(kSampleNow + Duration::hours(26)) : std::nullopt;
  }

  StationView dock() const {
    StationView view = with_order(Phase::packing, {shirt(1, 1), mug(2, 1)});
    view.lane = LaneId::dock;
    view.dock_op = Operator{"2001", word("周强", "Zhou Qiang"), Role::supervisor};
    station::ManifestView manifest;
    manifest.id = "B3-M7";
    manifest.carrier = "SF";
    manifest.courier = word("王师傅 K1", "Wang K1");
    manifest.opened_at = kSampleNow - Duration::minutes(9);
    manifest.count = 42;
    manifest.expected = 57;
    for (int i = 0; i < 8; ++i)
      manifest.last.push_back({"P", "SF100000000" + std::to_string(9412 - 31 * i), {}});
    for (int i = 0; i < 15; ++i)
      manifest.left.push_back({"P", "SF100000000" + std::to_string(7103 + 17 * i), left_visit(i)});
    view.manifest = manifest;
    return view;
  }

  std::vector<PartView> many() const {
    std::vector<PartView> parts{mug(2, 2), shirt(1, 0)};
    parts.push_back(part("VAS-2", word("玻璃花瓶 高款 手工吹制", "Tall hand-blown glass vase"),
                         word("烟灰 28 cm", "Smoke 28 cm"), "drawn:vase", 1, 0));
    parts.push_back(part("CAN-1", word("香薰蜡烛", "Scented candle"), word("雪松", "Cedar"),
                         "drawn:candle", 3, 1));
    parts.push_back(
        part("MAT-4", word("隔热垫", "Coaster"), word("软木", "Cork"), "drawn:mat", 4, 0));
    parts.push_back(
        part("APR-1", word("亚麻围裙", "Linen apron"), word("燕麦", "Oat"), "drawn:apron", 1, 0));
    return parts;
  }
};

void add_waiting(const Maker& make, std::vector<Sample>& all) {
  all.push_back({"signed_out", make.bench(Phase::signed_out)});
  StationView pin = make.bench(Phase::signed_out);
  Maker::alert(pin, AlertCode::bad_credentials, false, "9001", {{"badge", "9001"}});
  all.push_back({"pin", pin});
  StationView awaiting = make.bench(Phase::awaiting_order);
  awaiting.parked = {
      {"2026112200946552", {}, {}},
      {"2026112200946569", kSampleNow + Duration::hours(20), kSampleNow + Duration::minutes(118)},
      {"2026112200946576", kSampleNow + Duration::hours(20), kSampleNow + Duration::hours(19)},
      {"2026112200946583", kSampleNow + Duration::hours(9), kSampleNow - Duration::minutes(30)}};
  all.push_back({"awaiting_order", awaiting});
  StationView not_found = make.bench(Phase::awaiting_order);
  Maker::alert(not_found, AlertCode::order_on_hold, false, "SO-0005",
               {{"reason", "payment_pending"}, {"order", "SO-0005"}});
  all.push_back({"awaiting_hold", not_found});
  StationView left = make.bench(Phase::awaiting_order);
  Maker::alert(left, AlertCode::order_already_packed, false, "SF1000000000001",
               {{"reason", "left"},
                {"order", "2026112200946318"},
                {"carrier", "SF"},
                {"by", "1001"},
                {"packed", "11-18 15:12"},
                {"gone", "11-18 16:34"}});
  all.push_back({"parcel_left", left});
  StationView done = make.bench(Phase::awaiting_order);
  done.just_staged = "B3-P1";
  done.waybill = station::WaybillView{"SF", "SF1000000000001", 1, "verified"};
  all.push_back({"done", done});
}

void add_packing(const Maker& make, std::vector<Sample>& all) {
  StationView packing = make.with_order(Phase::packing, {make.shirt(1, 1), make.mug(2, 1)});
  packing.orders.front().gift = true;
  packing.orders.front().gift_message =
      "妈妈，生日快乐。愿您每天都有好心情，身体健康，我们国庆回家看您";
  packing.orders.front().gift_card = "printed";
  packing.wave = "P-0712";
  all.push_back({"packing", packing});
  StationView no_card = packing;
  no_card.orders.front().gift_card = "rejected";
  Maker::alert(no_card, AlertCode::card_not_printed, true, "", {{"reason", "media-empty"}});
  all.push_back({"packing_card_failed", no_card});
  StationView plain = make.with_order(Phase::packing, {make.mug(1, 0)});
  plain.quantity = 3;
  plain.orders.front().has_note = true;
  plain.orders.front().buyer_note = "请分开包，杯子是送人的 / please pack the two apart";
  all.push_back({"packing_single", plain});
  all.push_back({"packing_many", make.with_order(Phase::packing, make.many())});
  StationView by_hand = make.with_order(Phase::packing, {make.shirt(1, 1), make.mug(1, 0)});
  by_hand.orders.front().lines[1].parts[0].no_barcode = true;
  all.push_back({"packing_by_hand", by_hand});
  StationView late = make.with_order(Phase::packing, {make.mug(1, 0)});
  late.last_visit = kSampleNow - Duration::minutes(32);
  all.push_back({"packing_late", late});
  StationView soon = make.with_order(Phase::packing, {make.mug(1, 0)});
  soon.last_visit = kSampleNow + Duration::minutes(12);
  soon.orders.front().held = true;
  soon.orders.front().hold_code = "refund_requested";
  soon.devices[3] = {"network", false, {"断网", "Offline"}};
  all.push_back({"packing_held", soon});
  StationView wrong = packing;
  Maker::alert(wrong, AlertCode::wrong_item, false, "6901234003932",
               {{"sku", "MUG-02"},
                {"name", make.word("马克杯", "Cloud mug")},
                {"variant", make.word("雾蓝 350 ml", "Mist blue 350 ml")},
                {"image", "drawn:mug#7F9CB8"}});
  all.push_back({"wrong_item", wrong});
  StationView unknown = packing;
  Maker::alert(unknown, AlertCode::unknown_barcode, false, "https://example.com/p?id=123456789");
  all.push_back({"unknown_barcode", unknown});
  StationView typed = packing;
  Maker::alert(typed, AlertCode::not_permitted, false, "4006381333931", {{"reason", "typed_code"}});
  all.push_back({"packing_typed", typed});
  StationView undo = packing;
  Maker::alert(undo, AlertCode::not_ready, false, "", {{"reason", "nothing_to_undo"}});
  all.push_back({"packing_refused_touch", undo});
}

void add_labels(const Maker& make, std::vector<Sample>& all) {
  StationView checks = make.with_order(Phase::checks, {make.mug(2, 2), make.shirt(1, 1)});
  make.checks(checks);
  checks.orders.front().gift = true;
  checks.orders.front().gift_message = "Happy birthday, Mum";
  checks.orders.front().gift_card = "requested";
  all.push_back({"checks", checks});
  StationView take_out = make.with_order(Phase::checks, {make.mug(2, 0), make.shirt(1, 1)});
  take_out.orders.front().lines.front().stopped = true;
  take_out.checks = {
      {"take_out",
       {"把退款或取消的商品从箱里拿出来", "Take the refunded or cancelled goods out of the box"},
       "",
       "print",
       false}};
  all.push_back({"checks_take_out", take_out});
  StationView failed = checks;
  failed.checks[0].answer = "fail";
  failed.checks[1].answer = "pass";
  Maker::alert(failed, AlertCode::check_failed, true, "", {{"check", "gift_wrap"}});
  all.push_back({"checks_failed", failed});
  StationView weighing = make.with_order(Phase::weighing, {make.mug(2, 2)});
  all.push_back({"weighing", weighing});
  all.push_back({"printing", make.labelled(Phase::printing, "printing")});
  const auto printer_is = [](const char* reason) {
    return station::device_view({"printer", LaneId::bench, false, true, reason});
  };
  StationView fault = make.labelled(Phase::printing, "allocated");
  fault.devices[1] = printer_is("media-empty");
  Maker::alert(fault, AlertCode::printer_fault, true, "", {{"reason", "media-empty"}});
  all.push_back({"printer_fault", fault});
  StationView unplugged = make.bench(Phase::awaiting_order);
  unplugged.devices[1] = printer_is("offline");
  all.push_back({"awaiting_unplugged", unplugged});
  unplugged.devices[0] = station::device_view({"scanner", LaneId::bench, false, false, "busy"});
  unplugged.devices[2] = station::device_view({"scale", LaneId::bench, false, false, "offline"});
  all.push_back({"awaiting_troubles", unplugged});
  unplugged.phase = Phase::signed_out;
  unplugged.op.reset();
  all.push_back({"signed_out_troubles", unplugged});
  // Days without a network, and what the platform did not want.
  StationView unsent = make.bench(Phase::awaiting_order);
  unsent.outbox = {57, 0, false};
  all.push_back({"awaiting_unsent", unsent});
  unsent.outbox = {1457, 0, true};
  all.push_back({"awaiting_unsent_stuck", unsent});
  unsent.outbox = {1457, 12, true};
  unsent.devices[1] = printer_is("offline");
  all.push_back({"packing_unsent", [&] {
                   StationView busy = make.with_order(Phase::packing, {make.mug(2, 1)});
                   busy.outbox = unsent.outbox;
                   busy.devices = unsent.devices;
                   return busy;
                 }()});
  StationView refused = make.bench(Phase::awaiting_order);
  refused.outbox = {3, 12, false};
  all.push_back({"awaiting_deliveries_refused", refused});
  StationView at_dock = make.dock();
  at_dock.outbox = {0, 12, false};
  all.push_back({"handover_deliveries_refused", at_dock});
  StationView no_weight = make.with_order(Phase::weighing, {make.mug(2, 2)});
  no_weight.devices[2] = station::device_view({"scale", LaneId::bench, false, false, "offline"});
  all.push_back({"weighing_no_scale", no_weight});
  // The label is on its way, and the printer that has it is paused.
  StationView paused = make.labelled(Phase::printing, "printing");
  paused.devices[1] = printer_is("paused");
  all.push_back({"printing_paused", paused});
  // The longest of the words for devices, and what to do about it.
  StationView stranger = make.labelled(Phase::printing, "printing");
  stranger.devices[1] = printer_is("interpreter-resource-unavailable");
  stranger.devices[0] = station::device_view({"scanner", LaneId::bench, false, true, "ambiguous"});
  stranger.devices[2] = station::device_view({"scale", LaneId::bench, false, true, "under-zero"});
  all.push_back({"printing_troubles", stranger});
  all.push_back({"print_unknown", make.labelled(Phase::print_unknown, "unknown")});
  all.push_back({"verifying_label", make.labelled(Phase::verifying_label, "printed")});
  StationView off_scale = make.labelled(Phase::verifying_label, "printed");
  off_scale.devices[2] = station::device_view({"scale", LaneId::bench, false, true, "under-zero"});
  all.push_back({"verifying_scale_fault", off_scale});
  StationView low = make.labelled(Phase::verifying_label, "printed");
  low.notes = {station::low_note({"B3-P1", "SF", make.word("特快包裹", "Express"), 49})};
  all.push_back({"verifying_numbers_low", low});
  StationView low_done = make.bench(Phase::awaiting_order);
  low_done.just_staged = "B3-P1";
  low_done.waybill = station::WaybillView{"SF", "SF1000000000001", 1, "verified"};
  low_done.notes = low.notes;
  all.push_back({"done_numbers_low", low_done});
  StationView unusual = make.labelled(Phase::verifying_label, "printed");
  WaybillOffer strange;
  strange.carrier = "SF";
  strange.number = "SF10000000000019999";
  unusual.notes = {station::unusual_note(strange)};
  all.push_back({"verifying_unusual_number", unusual});
  StationView no_scale = make.labelled(Phase::verifying_label, "printed");
  no_scale.parcel->weight_g.reset();
  no_scale.devices.clear();
  all.push_back({"verifying_no_scale", no_scale});
  StationView second = make.labelled(Phase::verifying_label, "printed");
  second.waybill->attempt = 2;
  second.parcel->weight_g.reset();
  Maker::alert(second, AlertCode::weight_mismatch, false, "SF1000000000001",
               {{"grams", "1046"}, {"due", "832"}});
  all.push_back({"weight_mismatch", second});
  StationView away = no_scale;
  Maker::alert(away, AlertCode::not_ready, false, "SF1000000000001", {{"reason", "scale_away"}});
  all.push_back({"verifying_scale_away", away});
  StationView wrong = make.labelled(Phase::verifying_label, "printed");
  Maker::alert(wrong, AlertCode::wrong_label, false, "SF1999999999999");
  all.push_back({"wrong_label", wrong});
}

// A courier who did not come: twelve boxes that miss their promise in the morning.
station::NoteView extra_pickup(const std::string& carrier) {
  ExtraPickup pickup;
  pickup.carrier = carrier;
  pickup.missed_visit = kSampleNow - Duration::minutes(40);
  pickup.ship_by = kSampleNow + Duration::hours(16);
  pickup.at_risk = 12;
  pickup.parcels.resize(12);
  pickup.money.sums = {{"CNY", 0, 6'000, 0, 0}};
  return station::pickup_note(pickup, kSampleNow, "Asia/Shanghai");
}

void add_dock(const Maker& make, std::vector<Sample>& all) {
  all.push_back({"handover", make.dock()});
  StationView missed = make.dock();
  missed.pickups = {extra_pickup("YTO")};
  all.push_back({"handover_extra_pickup", missed});
  StationView to_call = make.bench(Phase::awaiting_order);
  to_call.pickups = {extra_pickup("SF"), extra_pickup("YTO")};
  all.push_back({"awaiting_extra_pickup", to_call});
  StationView refused = make.dock();
  Maker::alert(refused, AlertCode::order_cancelled, false, "SF1000000093186");
  all.push_back({"handover_refused", refused});
  StationView twice = make.dock();
  Maker::alert(twice, AlertCode::duplicate_scan, false, "SF1000000009412");
  all.push_back({"handover_twice", twice});
  StationView gone = make.dock();
  Maker::alert(gone, AlertCode::already_picked_up, false, "SF1000000000001");
  all.push_back({"handover_gone_before", gone});
  StationView empty = make.dock();
  empty.manifest->left.clear();
  empty.manifest->last.clear();
  empty.manifest->count = 0;
  empty.manifest->expected = 0;
  empty.orders.clear();
  empty.phase = Phase::awaiting_order;
  all.push_back({"handover_empty", empty});
}

}  // namespace

std::vector<Sample> samples(Language language) {
  const Maker make{language};
  std::vector<Sample> all;
  add_waiting(make, all);
  add_packing(make, all);
  add_labels(make, all);
  add_dock(make, all);
  return all;
}

const Sample& sample(const std::vector<Sample>& all, const std::string& name) {
  for (const Sample& each : all) {
    if (each.name == name) return each;
  }
  CHECK(!"a sample of that name");
  return all.front();
}

}  // namespace packbench::ui_test
