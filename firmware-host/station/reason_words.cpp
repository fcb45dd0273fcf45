#include "station/reason_words.h"

#include <array>

namespace packbench::station {
namespace {

struct Row {
  std::string_view code, zh, en;
};

constexpr std::array rows{
    Row{"label_printed", "面单已经打了", "the label is printed already"},
    Row{"items_missing", "还有没装的", "items are still missing"},
    Row{"weight", "还没称重", "it has not been weighed"},
    Row{"no_order", "还没打开订单", "no order is open"},
    Row{"order_open", "手上的订单还没完", "an order is open"},
    Row{"order_parked", "有一单挂起了，先单独打开它", "one of them is parked; open it alone"},
    Row{"printing", "正在打印", "it is printing"},
    Row{"parcel_staged", "已有一箱装好，可挂起", "a parcel is staged already; park it instead"},
    Row{"handover_open", "交接还没结束", "a handover is open"},
    Row{"no_handover", "还没开始交接", "no handover is open"},
    Row{"nothing_to_undo", "没有可撤销的", "there is nothing to undo"},
    Row{"box_is_empty", "箱子还是空的", "the box is empty"},
    Row{"nothing_is_left", "没有剩下的了", "nothing is left for another parcel"},
    Row{"kit_is_incomplete", "套装没装齐", "a set is incomplete"},
    Row{"shelf_full", "挂起的太多了", "too many orders are parked"},
    Row{"no_label", "还没有面单", "there is no label yet"},
    Row{"label_is_preprinted", "面单是预打的", "the label came pre-printed"},
    Row{"nothing_asked", "现在没有问题要答", "nothing was asked"},
    Row{"label_not_verified", "面单还没扫回", "its label was not scanned back"},
    Row{"not_on_hold", "没有暂停", "it is not on hold"},
    Row{"manifest_open", "交接单还没关", "the manifest is still open"},
    Row{"third_label", "第三张面单要主管", "a third label needs a supervisor"},
    Row{"scan_it", "有条码，请扫", "it has a barcode: scan it"},
    Row{"quantity", "数量不对", "the quantity does not fit"},
    Row{"not_one_buyer_and_address", "不是同一买家和地址", "not one buyer and address"},
    Row{"payment_pending", "未付款", "payment pending"},
    Row{"refund_requested", "买家申请退款", "refund requested"},
    Row{"refunded_after_pickup", "收走后退款了", "refunded after pickup"},
    Row{"row_lost", "导入时丢了一行", "a row was lost in the import"},
    Row{"abandon_and_reopen", "订单改过了，放弃后重新打开",
        "the order was changed: abandon it and open it again"},
    Row{"label_is_supplied", "面单是外来文件，要先作废", "the label was supplied: void it first"},
    Row{"serial_is_one_piece", "一个序列号只是一件", "one serial number is one piece"},
    Row{"order_changed", "订单改过了", "the order was changed"},
    Row{"stop_list", "在拦截名单上", "on the stop list"},
    Row{"restart", "中途断电或重启", "the bench restarted meanwhile"},
    Row{"outbox", "确认文件写不出去", "the confirmation file cannot be written"},
    Row{"no-printer", "没有设置打印机", "no printer is configured"},
    Row{"offline", "没连上", "not connected"},
    Row{"media-empty", "缺纸", "out of labels"},
    Row{"busy", "被占用", "in use elsewhere"},
    Row{"not-permitted", "没有权限", "no permission"},
    Row{"no-space", "磁盘满了", "no space left"},
    Row{"no_space", "磁盘满了", "no space left"},
    Row{"io_error", "磁盘出错", "disk error"},
    Row{"timeout", "没有回应", "no answer"},
};

std::string word(std::string_view code, Language language) {
  for (const Row& row : rows) {
    if (row.code == code) return std::string(language == Language::zh ? row.zh : row.en);
  }
  return std::string(code);
}

}  // namespace

std::string reason_word(std::string_view text, Language language) {
  // A hold's reason may have its line behind it: "row_lost line 3".
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return word(text, language);
  const std::string first = word(text.substr(0, space), language);
  if (first == text.substr(0, space)) return std::string(text);
  const std::string_view rest = text.substr(space + 1);
  return rest.empty() ? first : first + " (" + std::string(rest) + ")";
}

}  // namespace packbench::station
