#include "report/texts.h"

#include <array>

namespace packbench::report {
namespace {

using enum Text;

struct Row {
  Text which;
  std::string_view zh, en;
};

constexpr std::array<Row, static_cast<std::size_t>(count_)> rows{{
    {shift_report, "交班报告", "Shift report"},
    {bench_named, "{bench} 号台", "Bench {bench}"},
    {day_report, "日报", "Day report"},
    {shift_number, "第 {n} 班", "Shift {n}"},
    {shift_open, "未结班", "still open"},
    {made_at, "制表 {time}", "Made {time}"},
    {waiting_none, "没有箱子在等快递", "No parcel is waiting for its courier"},
    {waiting_one, "1 箱还没有人取", "1 parcel not collected"},
    {waiting_many, "{n} 箱还没有人取", "{n} parcels not collected"},
    {missed_visits, "{carrier} {n} 箱已过末班，现在叫加揽",
     "{carrier}: {n} past the last visit, call an extra pickup"},
    {oldest_waits, "最久 {age}", "The oldest has waited {age}"},
    {orders_past_promise, "已过发货期限：{n} 单", "Orders past their promise: {n}"},
    {anomalies_to_chase, "要追的箱子：{n}", "Parcels to chase: {n}"},
    {nothing_to_do, "现在没有要追的", "Nothing to chase now"},
    {compensation_at_risk, "迟发赔付有风险", "compensation at risk"},
    {parcels_packed, "已装箱", "parcels packed"},
    {pieces_packed, "已装件", "pieces packed"},
    {handed_over, "已交接", "handed over"},
    {confirmed, "已确认", "confirmed"},
    {wrong_items_caught, "拦下错件", "wrong items caught"},
    {parcels_per_hour, "每小时装箱", "Parcels per hour"},
    {nothing_packed, "这段时间没有装箱。", "Nothing was packed in this time."},
    {three_clocks, "三只时钟", "The three clocks"},
    {clock_ship, "{h} h 发货", "Shipped in {h} h"},
    {clock_first_trace, "{h} h 首条轨迹", "First trace in {h} h"},
    {clock_hub_trace, "{h} h 到枢纽", "Hub trace in {h} h"},
    {unit_orders, "单", "orders"},
    {unit_parcels, "箱", "parcels"},
    {on_time, "按时", "On time"},
    {at_risk, "快到时", "At risk"},
    {late, "已迟", "Late"},
    {no_deadline, "无期限", "No deadline"},
    {no_clock_runs, "没有在走的", "None running"},
    {record_pending, "已按时交接、等承运商揽收记录：{n} 单。",
     "Handed over in time, the carrier's record is pending: {n} orders."},
    {compensation_title, "迟发赔付", "Late-shipment compensation"},
    {compensation_late, "已迟的单", "For orders that are late"},
    {compensation_risk, "快到时的单", "For orders at risk"},
    {compensation_none, "没有迟发赔付的风险。", "No late-shipment compensation is at risk."},
    {compensation_not_counted, "另有 {n} 单金额不明，没有算进去。",
     "Orders not counted, amount not known: {n}."},
    {caught, "拦住了", "Caught"},
    {caught_hint, "拦住一件，救回一单", "each one is a save"},
    {wrong_item, "错件", "Wrong item"},
    {over_scan, "多装", "One too many"},
    {expired_item, "过期", "Expired item"},
    {duplicate_scan, "重复扫", "Scanned twice"},
    {wrong_label, "别箱的面单", "Another parcel's label"},
    {stale_label, "作废的面单", "Void label"},
    {wrong_carrier, "交错快递", "Wrong carrier at handover"},
    {checks, "检查", "Checks"},
    {checks_passed, "通过", "Passed"},
    {checks_failed, "没通过", "Failed"},
    {checks_overridden, "主管放行", "Overridden by a supervisor"},
    {labels, "面单", "Labels"},
    {labels_printed, "打印", "Printed"},
    {labels_voided, "作废", "Voided"},
    {labels_reprinted, "重打", "Reprinted"},
    {labels_unknown, "打没打出不确定", "Print in doubt"},
    {goods, "货", "Goods"},
    {short_, "缺货", "Short"},
    {damaged, "破损", "Damaged"},
    {differs, "与页面不符", "Differs from the listing"},
    {by_hand, "手选（无条码）", "Chosen by hand"},
    {orders_, "订单", "Orders"},
    {orders_packed, "装完", "Packed"},
    {orders_stopped, "取消或退款", "Cancelled or refunded"},
    {orders_held, "暂停", "Put on hold"},
    {held_back, "确认被扣下", "Confirmation held back"},
    {packers, "装箱的人（按姓名排）", "Who packed, by name"},
    {nobody_packed, "没有人装箱或交接。", "Nobody packed or handed over."},
    {column_name, "姓名", "Name"},
    {column_parcels, "箱", "Parcels"},
    {column_pieces, "件", "Pieces"},
    {column_handed_over, "交接", "Handed over"},
    {materials, "用掉的材料", "Materials used"},
    {no_materials, "没有扫过材料。", "No material was scanned."},
    {list_pickups, "叫快递加揽一次", "Call an extra pickup"},
    {column_too_late, "赶不上", "In danger"},
    {column_next_visit, "下一班", "Next visit"},
    {column_saves, "能省", "Saves"},
    {by_carrier, "谁还没来取", "Whose courier has not come"},
    {column_missed, "末班已过", "Visit missed"},
    {column_oldest, "最久", "Oldest"},
    {list_waiting, "待揽收", "Waiting for pickup"},
    {list_waiting_none, "没有等着的箱子。", "No parcel is waiting in time."},
    {list_on_bench, "还没打单", "No label yet"},
    {list_pending, "已交接，等承运记录", "Handed over, carrier record pending"},
    {list_late_gone, "交接时已迟", "Handed over after the promise"},
    {list_recorded, "承运商已记录，还没到枢纽", "Recorded by the carrier, no hub yet"},
    {list_anomalies, "要追的", "To chase"},
    {less_old, "另有 {n} 箱时间还早，不列出。", "Not listed, with time left: {n}."},
    {numbers_left, "还剩的运单号", "Waybill numbers left"},
    {numbers_low, "快用完的：{n}", "running out: {n}"},
    {column_service, "产品", "Service"},
    {any_service, "不限", "any"},
    {column_left, "还剩", "Left"},
    {column_wanted, "至少要", "Wanted"},
    {numbers_expiring, "{h} 小时内过期的单号", "Numbers that expire within {h} hours"},
    {column_expires, "过期", "Expires"},
    {column_age, "时长", "Age"},
    {column_carrier, "快递", "Carrier"},
    {column_waybill, "运单号", "Waybill"},
    {column_orders, "订单", "Orders"},
    {column_state, "状态", "State"},
    {column_ship_by, "发货期限", "Ship by"},
    {column_due, "期限", "Due"},
    {column_picked_up, "交接", "Handed over"},
    {column_paid, "实付", "Paid"},
    {column_at_risk, "风险", "At risk"},
    {column_parcel, "箱号", "Parcel"},
    {state_open, "装箱中", "being packed"},
    {state_labelled, "已打单", "labelled"},
    {state_verified, "面单已核", "label checked"},
    {state_staged, "待交接", "staged"},
    {state_picked_up, "待结单", "manifest open"},
    {column_next, "下一步", "Next step"},
    {pickup_by, "揽收 {time}", "pickup {time}"},
    {time_left, "剩 {age}", "{age} left"},
    {time_over, "迟 {age}", "{age} late"},
    {visit_missed, "末班已过", "visit missed"},
    {how_counted, "怎么算的", "How this was counted"},
    {note_now, "各张清单和三只时钟是 {time} 的情况，不随所选时段变化。",
     "Lists and clocks are as of {time}, whatever range was asked for."},
    {note_scope, "只含在本台打开过的订单；没有打开的订单不在数里。",
     "Only orders that were opened at this bench; orders nobody has opened are not counted."},
    {note_traces,
     "首条轨迹从确认算起，枢纽从揽收算起，只有导入的承运商轨迹能停住这两只钟；没有轨迹不等于丢件。",
     "First trace counts from confirmation, hub trace from the pickup; only carriers' traces that "
     "were imported stop them: no trace is not yet a lost parcel."},
    {note_promise,
     "发货：付款后 {h} 小时或订单自己的承诺，以承运商的揽收记录为止；我们的交接扫描只表示已交接。",
     "Shipped: {h} h from payment or the order's own promise, stopped by the carrier's pickup "
     "record; our own handover scan only says that it was handed over."},
    {note_compensation,
     "迟发赔付：实付的 {percent}%，四舍五入到最小货币单位，至少 {min}，至多 "
     "{max}；同一买家在同一店 {h} "
     "小时内的付款合并算一次（买家已知时）；错过加急服务每单另加 {service}；退款的单不算。",
     "Compensation: {percent} % of what was paid, rounded half up to the minor unit, at least "
     "{min}, at most {max}; payments of one buyer to one shop within {h} h count as one, where "
     "the buyer is known; a missed service costs {service} an order more; refunded orders cost "
     "nothing."},
    {note_caught, "拦住的错多半是拣货错，不算装箱人的过错；本报告不给人排名。",
     "Most caught errors are the picker's; they are held against nobody and people are not "
     "ranked."},
}};

constexpr bool complete() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].which != static_cast<Text>(i) || rows[i].zh.empty() || rows[i].en.empty())
      return false;
  }
  return true;
}
static_assert(complete(), "a text is missing, or the table is out of order");

}  // namespace

std::string_view text(Text which, Language language) {
  const Row& row = rows[static_cast<std::size_t>(which)];
  return language == Language::zh ? row.zh : row.en;
}

std::string text(Text which, Language language, Params params) {
  std::string out;
  std::string_view rest = text(which, language);
  // In one pass, so that a value that looks like a name is left alone.
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    const std::size_t close = rest.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    out += rest.substr(0, open);
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    for (const auto& [key, value] : params) {
      if (key == name) out += value;
    }
    rest.remove_prefix(close + 1);
  }
  return out.append(rest);
}

}  // namespace packbench::report
