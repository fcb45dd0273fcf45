#include "station/alert.h"

#include <array>

#include "base/check.h"
#include "station/reason_words.h"

namespace packbench::station {
namespace {

using enum AlertCode;

constexpr std::array<AlertRow, static_cast<std::size_t>(count_)> rows{{
    {not_signed_in, "not_signed_in", "还没有人签到", "Nobody is signed in", "先扫工牌",
     "Scan your badge first", Sound::unknown},
    {bad_credentials, "bad_credentials", "工牌或密码不对", "Badge or PIN is not right",
     "再试一次；几次不对要等一会儿", "Try again; after several tries wait a moment",
     Sound::unknown},
    {not_permitted, "not_permitted", "这一步要主管", "This needs a supervisor", "请主管签到来做",
     "Ask a supervisor to sign in and do it", Sound::attention},
    {order_not_found, "order_not_found", "没有这个订单", "No such order",
     "核对单号，或请主管导入订单", "Check the number or have the order imported", Sound::unknown},
    {order_ambiguous, "order_ambiguous", "对应的订单不止一个", "More than one order fits",
     "扫拣货单或面单上的订单号", "Scan the order number on the pick slip", Sound::attention},
    {order_already_packed, "order_already_packed", "这单已经装过了", "This order is already packed",
     "放到一边，交主管", "Set it aside for the supervisor", Sound::attention},
    {order_on_hold, "order_on_hold", "订单暂停：{reason}", "Order on hold: {reason}",
     "放到暂停区，主管可放行", "Put it on the hold shelf; a supervisor can release it",
     Sound::attention},
    {order_cancelled, "order_cancelled", "订单已取消或退款", "Order cancelled or refunded",
     "停下，把货拿出来，主管处理", "Stop, take the goods out and set them aside", Sound::attention},
    {unknown_barcode, "unknown_barcode", "不认识这个码", "Unknown barcode",
     "换一个码扫，或在屏幕上选商品", "Scan another code or choose the item on the screen",
     Sound::unknown},
    {bad_barcode, "bad_barcode", "码读坏了", "The barcode was read badly", "再扫一次",
     "Scan it again", Sound::unknown},
    {wrong_item, "wrong_item", "不是这件", "Not this item", "放进错拣筐，扫对的那件",
     "Put it in the mispick bin and scan the right one", Sound::wrong_item},
    {over_scan, "over_scan", "多了一件", "One too many", "这件不装，放到一边", "Leave this one out",
     Sound::over_scan},
    {duplicate_scan, "duplicate_scan", "这个已经扫过了", "Already scanned", "换下一个",
     "Go on with the next one", Sound::over_scan},
    {expired_item, "expired_item", "过期了：{expiry}", "Expired on {expiry}", "放进过期筐，换一件",
     "Put it in the expired bin and take another", Sound::wrong_item},
    {check_pending, "check_pending", "还有问题没回答", "A question is still open",
     "扫用的材料，或回答", "Scan the material used, or answer", Sound::attention},
    {check_failed, "check_failed", "检查没通过", "A check failed", "改好再答，或请主管放行",
     "Mend it and answer again, or call a supervisor", Sound::attention},
    {weight_mismatch, "weight_mismatch", "重量不对：{grams} 克，应为 {due} 克",
     "Weight is off: {grams} g, {due} g is due", "打开看看，少装还是多装",
     "Open the box: something missing or too much", Sound::attention},
    {no_waybill, "no_waybill", "没有可用的运单号", "No waybill number is left",
     "请主管导入单号，再按打印", "Have numbers imported, then print", Sound::attention},
    {waybill_expired, "waybill_expired", "运单号过期了", "The waybill number has expired",
     "请主管换新单号", "Have a new number imported", Sound::attention},
    {label_unprintable, "label_unprintable", "面单画不出来：{reason}",
     "The label cannot be drawn: {reason}", "请主管改地址、单号或面单文件，再按打印",
     "Have the address, number or label file mended, then print", Sound::attention},
    {printer_fault, "printer_fault", "打印机：{reason}", "Printer: {reason}",
     "修好打印机，再按打印", "Mend the printer, then print", Sound::attention},
    {print_unknown, "print_unknown", "不知道面单打出来没有",
     "The label may or may not have printed", "手里有面单就扫它，没有就答没有",
     "Scan the label if you hold one, else answer no", Sound::attention},
    {wrong_label, "wrong_label", "不是这箱的面单", "Not this parcel's label",
     "撕下来，贴对的那张再扫", "Take it off; stick on the right one and scan it",
     Sound::wrong_item},
    {stale_label, "stale_label", "这张面单作废了", "This label is void",
     "撕毁它，扫最新那张上的小码", "Destroy it; scan the small code of the newest one",
     Sound::wrong_item},
    {pickup_missing, "pickup_missing", "快递还没收走", "The courier has not taken it yet",
     "交接扫描之后才能确认", "It can be confirmed after the pickup scan", Sound::attention},
    {wrong_carrier, "wrong_carrier", "不是这家快递的：{carrier}",
     "Another carrier's parcel: {carrier}", "拿下来，放回它的区",
     "Take it off; put it back in its place", Sound::dock_refused},
    {already_picked_up, "already_picked_up", "这箱早已交接", "Already handed over",
     "拿下来，交主管", "Take it off; show it to the supervisor", Sound::dock_refused},
    {not_ready, "not_ready", "现在不能做：{reason}", "Not possible now: {reason}", "先把前一步做完",
     "Finish the step before it", Sound::unknown},
    {storage_fault, "storage_fault", "存不进去：{reason}", "It could not be stored: {reason}",
     "这一步没有记下，别贴别发，叫主管", "This step was not recorded; call a supervisor",
     Sound::attention},
    {bad_command, "bad_command", "看不懂这个指令：{reason}", "Not a command: {reason}",
     "看一下写法再来", "Look up how it is written", Sound::unknown},
    {waybill_malformed, "waybill_malformed", "{carrier} 的运单号用不了：{reason}",
     "The number cannot be {carrier}'s: {reason}", "请主管改好单号再导入，再按打印",
     "Have the number mended and imported, then print", Sound::attention},
    {card_not_printed, "card_not_printed", "贺卡没打好：{reason}", "The gift card: {reason}",
     "看一眼打印机；没有贺卡就按“更多”里的“打印贺卡”",
     "Look at the printer; no card there: More, Print card", Sound::attention},
    {delivery_refused, "delivery_refused", "平台不收 {count} 个发货确认（{status}）",
     "The platform refuses confirmations: {count} (HTTP {status})",
     "接着做；请主管看 packbench outbox list，改好再重发",
     "Go on; have packbench outbox list looked at, mended and sent again", Sound::none},
    {delivery_late, "delivery_late", "发货确认暂时发不出去：{reason}",
     "Confirmations do not get through: {reason}", "接着做，通了会自动发；一直不通请主管看网络",
     "Go on, they go by themselves; if it lasts, have the network looked at", Sound::none},
    {count_differs, "count_differs", "数目对不上：我们 {ours} 件，快递员 {theirs} 件",
     "The counts differ: {ours} here, {theirs} by the courier", "一起再数一遍；对不上请主管关单",
     "Count again together; if it stays so, a supervisor closes it", Sound::dock_refused},
    {parcel_returned, "parcel_returned", "退回已收：订单 {order}",
     "Returned parcel taken in: {order}",
     "{packed} {by} 装，{gone} 交 {carrier}；放退货区，主管处理",
     "Packed {packed} by {by}, left {gone} with {carrier}. Returns shelf, for the supervisor",
     Sound::attention},
    {region_stopped, "region_stopped", "{carrier} 现在不送 {region}，到 {until}",
     "{carrier} does not go to {region} until {until}", "先别封箱：请主管定换快递还是晚点发",
     "Ask a supervisor first: another carrier, or later", Sound::attention},
    {manifest_not_printed, "manifest_not_printed", "交接清单 {manifest} 没打好：{reason}",
     "Manifest {manifest}: {reason}", "看一眼打印机；缺哪张都按“更多”里的“打印交接单”重打一套",
     "Look at the printer; whatever is missing: More, Print manifest", Sound::attention},
    {manifest_code, "manifest_code", "这是交接清单的码：{manifest}",
     "The code of a manifest: {manifest}", "扫箱子上的面单；要再打清单，按“更多”里的“打印交接单”",
     "Scan the label on the box; the manifest again: More, Print manifest", Sound::unknown},
}};

// What is said instead where the reason asks for more than the code does. An empty text: the
// code's.
struct ReasonRow {
  AlertCode code;
  std::string_view reason;
  std::string_view zh, en, next_zh, next_en;
  Sound sound;
};
constexpr std::array reason_rows{
    ReasonRow{not_permitted, "typed_code", "手输编码要主管", "Typing codes is a supervisor's here",
              "用扫码枪扫；枪坏了：签退，主管签到来输",
              "Scan it; without a scanner sign out, a supervisor signs in and types",
              Sound::attention},
    ReasonRow{order_already_packed, "left", "这箱交给快递了：订单 {order}",
              "This parcel left: order {order}",
              "{packed} {by} 装，{gone} 交 {carrier}；真退回来了按“收下退件”",
              "Packed {packed} by {by}, left {gone} with {carrier}. Back? Press Take it in",
              Sound::unknown},
    // What was scanned is right.
    ReasonRow{not_ready, "weight", "", "", "放上秤，静下来再扫",
              "Put it on the scale, then scan again", Sound::attention},
    ReasonRow{no_waybill, "no_label_file", "这单的面单文件还没来",
              "The order's label file is missing", "请主管导入单号和面单文件，再按打印",
              "Have its number imported with its label file, then print", Sound::attention},
    ReasonRow{not_permitted, "label_is_supplied", "外来面单的副本分不清",
              "Copies of a supplied label look the same", "请主管来重打，旧的撕毁；或作废换单号",
              "A supervisor reprints it and destroys the old; or void it", Sound::attention},
    ReasonRow{storage_fault, "outbox", "确认文件写不出去", "The confirmation cannot be written",
              "交接已记下，接着做；请主管看磁盘和文件夹",
              "The handover is recorded, go on; have the disk and the folder looked after",
              Sound::none},
    ReasonRow{storage_fault, "carrier_outbox", "给快递的退号文件写不出去",
              "The message to the carrier cannot be written", "接着做；请主管看磁盘和文件夹",
              "Go on; have the disk and the folder looked after", Sound::none},
    ReasonRow{pickup_missing, "no_trace", "快递还没报揽收", "The carrier has reported no pickup",
              "导入物流轨迹后再试，或交接时扫描",
              "Import its traces first, or scan it at the handover", Sound::attention},
    ReasonRow{region_stopped, "kept_back", "", "", "放到暂停区，主管可放行",
              "Put it on the hold shelf; a supervisor can release it", Sound::attention},
    ReasonRow{region_stopped, "part_of_it", "", "", "看面单地址在不在那里；在就问主管",
              "Look at the label: if the address is there, ask a supervisor", Sound::attention},
    ReasonRow{not_ready, "scale_away", "", "", "接好秤，或手输重量；主管可放行",
              "Connect the scale or enter the weight; a supervisor can override", Sound::attention},
};

const ReasonRow* reason_row(const Alert& alert) {
  const auto reason = alert.params.find("reason");
  if (reason == alert.params.end()) return nullptr;
  for (const ReasonRow& row : reason_rows) {
    if (row.code == alert.code && row.reason == reason->second) return &row;
  }
  return nullptr;
}

// What follows the advice about a printer that is not well.
struct AdviceRow {
  AlertCode code;
  std::string_view zh, en;
};
constexpr std::array advice_rows{
    AdviceRow{printer_fault, "；若没有自动续打，请按“打印”", "; press Print if it does not go on"},
    AdviceRow{card_not_printed, "；若没有自动续打，请按“更多”里的“打印贺卡”",
              "; if it does not go on: More, Print card"},
    AdviceRow{manifest_not_printed, "；再按“更多”里的“打印交接单”", "; then More, Print manifest"},
};

const AdviceRow* advice_row(AlertCode code) {
  for (const AdviceRow& row : advice_rows) {
    if (row.code == code) return &row;
  }
  return nullptr;
}

constexpr bool complete() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const AlertRow& row = rows[i];
    if (row.code != static_cast<AlertCode>(i) || row.name.empty() || row.zh.empty() ||
        row.en.empty() || row.next_zh.empty() || row.next_en.empty())
      return false;
  }
  return true;
}
static_assert(complete(), "every alert code needs its row, in the order of the enumeration");

std::string fill(std::string_view text, const std::map<std::string, std::string>& params,
                 Language language) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t close = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      out += text[i];
      continue;
    }
    const auto found = params.find(std::string(text.substr(i + 1, close - i - 1)));
    out += found == params.end() ? std::string("?") : reason_word(found->second, language);
    i = close;
  }
  return out;
}

}  // namespace

const AlertRow& alert_row(AlertCode code) {
  const auto index = static_cast<std::size_t>(code);
  CHECK(index < rows.size());
  return rows[index];
}

std::string alert_text(const Alert& alert, Language language) {
  const bool zh = language == Language::zh;
  if (const ReasonRow* row = reason_row(alert); row != nullptr && !row->en.empty())
    return fill(zh ? row->zh : row->en, alert.params, language);
  const AlertRow& row = alert_row(alert.code);
  return fill(zh ? row.zh : row.en, alert.params, language);
}

std::string alert_next(const Alert& alert, Language language) {
  if (const ReasonRow* row = reason_row(alert))
    return fill(language == Language::zh ? row->next_zh : row->next_en, alert.params, language);
  const AlertRow& row = alert_row(alert.code);
  const std::string next =
      fill(language == Language::zh ? row.next_zh : row.next_en, alert.params, language);
  const auto reason = alert.params.find("reason");
  const AdviceRow* end = advice_row(alert.code);
  if (end == nullptr || reason == alert.params.end()) return next;
  const std::string advice = reason_advice(reason->second, language);
  if (advice.empty()) return next;
  return advice + std::string(language == Language::zh ? end->zh : end->en);
}

Sound alert_sound(const Alert& alert) {
  const ReasonRow* row = reason_row(alert);
  return row == nullptr ? alert_row(alert.code).sound : row->sound;
}

}  // namespace packbench::station
