// What lists and steps are called, in both languages.
#include "base/check.h"
#include "domain/reconcile.h"

namespace packbench {
namespace {

struct ListRow {
  ListName list;
  NamedRow row;
};
constexpr std::array<ListRow, static_cast<std::size_t>(ListName::count_)> kLists{{
    {ListName::to_pack, {"to_pack", "待装箱", "To pack"}},
    {ListName::packing, {"packing", "装箱中", "Being packed"}},
    {ListName::waiting, {"waiting", "待揽收", "Waiting for pickup"}},
    {ListName::pending, {"pending", "已交接，等承运记录", "Handed over, carrier record pending"}},
    {ListName::recorded, {"recorded", "承运商已记录", "Recorded by the carrier"}},
    {ListName::done, {"done", "完成", "Done"}},
    {ListName::not_collected, {"not_collected", "打了单没人取", "Labelled, not collected"}},
    {ListName::number_wrong, {"number_wrong", "单号可能不对", "Number may be wrong"}},
    {ListName::lost, {"lost", "揽收后没有下文", "Lost after pickup"}},
    {ListName::stopped_after_label,
     {"stopped_after_label", "打单后取消或退款", "Stopped after its label"}},
    {ListName::stopped_after_pickup,
     {"stopped_after_pickup", "交接后取消或退款", "Stopped after its pickup"}},
    {ListName::returning, {"returning", "退回途中", "On its way back"}},
}};

struct StepRow {
  NextStep step;
  NamedRow row;
};
constexpr std::array<StepRow, static_cast<std::size_t>(NextStep::count_)> kSteps{{
    {NextStep::none, {"none", "不用做什么", "Nothing to do"}},
    {NextStep::pack, {"pack", "去装箱", "Pack it"}},
    {NextStep::lift_hold, {"lift_hold", "订单暂停：主管处理", "On hold: call a supervisor"}},
    {NextStep::finish, {"finish", "装完打单", "Finish packing it"}},
    {NextStep::stick_label, {"stick_label", "贴好面单，扫一下", "Stick the label on and scan it"}},
    {NextStep::hand_over, {"hand_over", "快递来时扫出去", "Scan it out when the courier comes"}},
    {NextStep::accept_trace,
     {"accept_trace", "主管核对，认可揽收轨迹", "Have its pickup trace accepted"}},
    {NextStep::call_pickup, {"call_pickup", "叫快递加揽一次", "Call an extra pickup"}},
    {NextStep::close_manifest,
     {"close_manifest", "结交接单，放行确认", "Close manifest, release it"}},
    {NextStep::wait_record, {"wait_record", "等承运商的揽收记录", "Wait for the carrier's record"}},
    {NextStep::wait_hub, {"wait_hub", "等枢纽轨迹", "Wait for a hub's trace"}},
    {NextStep::check_number,
     {"check_number", "核对运单号，问承运商", "Check number, ask the carrier"}},
    {NextStep::ask_carrier, {"ask_carrier", "找承运商查件", "Have the carrier look for it"}},
    {NextStep::pull_out, {"pull_out", "从货架上拿出来", "Pull the box off the shelf"}},
    {NextStep::take_out, {"take_out", "取出取消的货，主管放行", "Take out what was cancelled"}},
    {NextStep::intercept, {"intercept", "请承运商拦截", "Ask the carrier to intercept it"}},
    {NextStep::ask_buyer, {"ask_buyer", "已签收：请买家退回", "Ask the buyer for it back"}},
    {NextStep::await_return, {"await_return", "退回到货时扫面单", "Scan it when it is back"}},
}};

constexpr bool complete() {
  for (std::size_t i = 0; i < kLists.size(); ++i) {
    const ListRow& each = kLists[i];
    if (each.list != static_cast<ListName>(i) || each.row.zh.empty() || each.row.en.empty())
      return false;
  }
  for (std::size_t i = 0; i < kSteps.size(); ++i) {
    const StepRow& each = kSteps[i];
    if (each.step != static_cast<NextStep>(i) || each.row.zh.empty() || each.row.en.empty())
      return false;
  }
  return true;
}
static_assert(complete(), "a list or a step has no row, or the table is out of order");

constexpr std::array<std::string_view, 7> kNames{"to-pack",  "packing",   "waiting",  "pending",
                                                 "recorded", "anomalies", "intercept"};

}  // namespace

std::string_view word(ParcelStage state) {
  switch (state) {
    case ParcelStage::open:
      return "open";
    case ParcelStage::labelled:
      return "labelled";
    case ParcelStage::verified:
      return "verified";
    case ParcelStage::staged:
      return "staged";
    case ParcelStage::picked_up:
      return "picked_up";
    case ParcelStage::confirmed:
      return "confirmed";
    case ParcelStage::voided:
      return "voided";
  }
  CHECK(false);
  return "";
}

const NamedRow& row_of(ListName list) {
  CHECK(list < ListName::count_);
  return kLists[static_cast<std::size_t>(list)].row;
}

const NamedRow& row_of(NextStep step) {
  CHECK(step < NextStep::count_);
  return kSteps[static_cast<std::size_t>(step)].row;
}

bool is_anomaly(ListName list) {
  return list >= ListName::not_collected && list < ListName::count_;
}

std::vector<ListName> lists_asked_for(std::string_view name) {
  if (name == "to-pack") return {ListName::to_pack};
  if (name == "packing") return {ListName::packing};
  if (name == "waiting") return {ListName::waiting};
  if (name == "pending") return {ListName::pending};
  if (name == "recorded") return {ListName::recorded};
  if (name == "intercept") return {ListName::stopped_after_pickup};
  if (name != "anomalies") return {};
  std::vector<ListName> lists;
  for (const ListRow& each : kLists) {
    if (is_anomaly(each.list)) lists.push_back(each.list);
  }
  return lists;
}

std::span<const std::string_view> list_names() {
  return kNames;
}

}  // namespace packbench
