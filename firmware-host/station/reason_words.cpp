#include "station/reason_words.h"

#include <array>

#include "domain/tracking_number.h"

namespace packbench::station {
namespace {

struct Row {
  std::string_view code, zh, en;
};
// A state of a device; the codes of printers are IPP's printer-state-reasons where there is one.
struct DeviceRow {
  std::string_view code, zh, en;
  std::string_view advice_zh, advice_en;
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
    Row{"no_gift_message", "买家没写贺卡", "the buyer wrote no gift message"},
    Row{"paper_too_small", "标签纸太小，打不下；请用 manifests 文件夹里的 PDF",
        "the labels are too small for it; take the PDF in the folder manifests"},
    Row{"no_template", "没有这家快递的面单样式", "there is no label template for this carrier"},
    Row{"no_manifest", "没有这张交接清单", "there is no such manifest"},
    Row{"label_first", "面单先打", "a label goes first"},
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
    Row{"label_is_supplied", "面单是外来文件", "the label was supplied"},
    Row{"no_label_file", "面单文件还没来", "its label file is missing"},
    Row{"serial_is_one_piece", "一个序列号只是一件", "one serial number is one piece"},
    Row{"order_changed", "订单改过了", "the order was changed"},
    Row{"stop_list", "在拦截名单上", "on the stop list"},
    Row{"restart", "中途断电或重启", "the bench restarted meanwhile"},
    Row{"outbox", "确认文件写不出去", "the confirmation file cannot be written"},
    Row{"carrier_outbox", "退号文件写不出去", "the message to the carrier cannot be written"},
    Row{"typed_code", "手输编码要主管", "typing a code needs a supervisor"},
    Row{"scale_away", "没有连着的秤", "no scale is connected"},
    Row{"other-language", "换了打印机", "another printer stands in"},
    Row{"printer_ready", "打印机好了", "the printer is ready again"},
    Row{"no_trace", "快递还没报揽收", "the carrier has reported no pickup"},
    Row{"never_picked_up", "这箱没有交接过", "it was never handed over"},
    Row{"not_in_a_list", "没有要处理的", "nothing is open about it"},
    Row{"timeout", "对方没有回答", "no answer in time"},
    Row{"no_connection", "连不上服务器", "no connection to the server"},
    Row{"unknown_host", "找不到服务器", "the server's name is not known"},
    Row{"connection_lost", "连接断了", "the connection was lost"},
    Row{"certificate", "服务器的证书不对", "the server's certificate is not trusted"},
    Row{"tls", "加密连接失败", "no secure connection"},
    Row{"too_big", "回答太大", "the answer is too large"},
    Row{"not_traces", "回答里不是轨迹", "the answer holds no traces"},
    Row{"catalog_busy", "另一个导入一直没完", "another import does not end"},
    Row{"no_space", "磁盘满了", "no space left"},
    Row{"io_error", "磁盘出错", "disk error"},
};

constexpr std::array device_rows{
    DeviceRow{"no-printer", "没有设置", "none is configured", "请主管在配置里设打印机",
              "Have a printer set in the configuration"},
    DeviceRow{"offline", "没连上", "not connected", "看电源和连线，再插一次",
              "Check power and cable; plug it in again"},
    DeviceRow{"no-bus", "没有 USB 总线", "no USB bus", "请主管把 USB 接到这台机器",
              "Have USB passed through to this machine"},
    DeviceRow{"cover-open", "盖子开着", "cover open", "合上打印机的盖子",
              "Close the printer's cover"},
    DeviceRow{"media-empty", "缺标签纸", "out of labels", "装上标签，合好盖子",
              "Load labels and close the cover"},
    DeviceRow{"media-jam", "卡纸", "labels jammed", "打开盖子，取出卡住的标签，合好",
              "Open the cover, take out the jam, close it"},
    DeviceRow{"media-needed", "找不到标签间隙", "no gap found", "检查标签装得对不对，按一下走纸键",
              "See that the labels sit right, press feed once"},
    DeviceRow{"media-low", "标签快用完", "labels run low", "准备一卷新的", "Get a new roll ready"},
    DeviceRow{"marker-supply-empty", "碳带用完", "out of ribbon", "换碳带，合好盖子",
              "Change the ribbon and close the cover"},
    DeviceRow{"marker-supply-low", "碳带快用完", "ribbon runs low", "准备一卷新碳带",
              "Get a new ribbon ready"},
    DeviceRow{"separation-cutter-jam", "切刀卡住", "cutter jammed", "关掉打印机，清切刀",
              "Switch it off and clear the cutter"},
    DeviceRow{"head-hot", "打印头过热", "too hot", "等它凉一会儿", "Wait until it has cooled"},
    DeviceRow{"head-cold", "打印头太冷", "too cold", "等它热起来", "Wait until it is warm"},
    DeviceRow{"interpreter-resource-unavailable", "内存不够", "out of memory", "关掉打印机再打开",
              "Switch the printer off and on"},
    DeviceRow{"takes-no-data", "不收数据", "it takes no data", "看看是不是暂停、缺标签纸或开着盖",
              "See whether it is paused, empty or open"},
    DeviceRow{"paused", "已暂停", "paused", "按一下打印机上的暂停键",
              "Press the pause key on the printer"},
    DeviceRow{"buffer-full", "里面还有没打完的", "it still holds other jobs", "等它打完",
              "Wait until it has printed them"},
    DeviceRow{"output-area-full", "有标签没取走", "a label waits to be taken", "取走打好的标签",
              "Take the printed label off"},
    DeviceRow{"other", "报错", "it reports an error", "看打印机上的提示，关掉再打开",
              "See its display; switch it off and on"},
    DeviceRow{"other-warning", "有提示", "it reports a warning", "看打印机上的提示",
              "See its display"},
    DeviceRow{"timed-out", "没有回应", "no answer", "关掉再打开", "Switch it off and on"},
    DeviceRow{"stalled", "传输停住了", "stalled", "拔下来再插上", "Unplug it and plug it in again"},
    DeviceRow{"usb-error", "USB 出错", "USB error", "拔下来再插上，换一个口试试",
              "Unplug it; try another port"},
    DeviceRow{"stopped", "有人停了打印", "printing was stopped", "要打就按打印",
              "Press Print to try again"},
    DeviceRow{"busy", "被占用", "in use elsewhere", "关掉占用它的程序",
              "Close the program that holds it"},
    DeviceRow{"not-permitted", "没有权限", "no permission", "请主管装好设备规则（README）",
              "Have the device rules installed (README)"},
    DeviceRow{"no-space", "磁盘满了", "no space left", "请主管清出空间",
              "Have space freed on the disk"},
    DeviceRow{"no-sync", "磁盘没写稳", "the disk did not keep it", "看看文件在不在，请主管查磁盘",
              "See whether the file is there; have the disk checked"},
    DeviceRow{"unknown-language", "不知道它的打印语言", "language not known",
              "请主管在配置里写 language", "Have its language set in the configuration"},
    DeviceRow{"not-spoken", "不支持它的打印语言", "language not supported",
              "换一台 ZPL 或 TSPL 打印机", "Use a printer that speaks ZPL or TSPL"},
    DeviceRow{"ambiguous", "有多台，请指定一台", "which of several?", "请主管在配置里写明",
              "Have it named in the configuration"},
    DeviceRow{"unbound", "配置里没有它", "not configured", "要用就写进配置",
              "Name it in the configuration to use it"},
    DeviceRow{"not-a-scanner", "读不了", "cannot be read as a scanner",
              "按说明书改成 HID POS 或键盘模式", "Set it to HID POS or keyboard mode"},
    DeviceRow{"not-a-scale", "读不了", "cannot be read as a scale", "请主管换一台秤",
              "Have another scale connected"},
    DeviceRow{"in-motion", "还在动", "moving", "等它静下来", "Let it come to rest"},
    DeviceRow{"under-zero", "低于零点", "below zero", "清空秤盘，按清零",
              "Empty the pan and press zero"},
    DeviceRow{"over-limit", "超过秤的量程", "too heavy", "拿下来，请主管",
              "Take it off; call a supervisor"},
    DeviceRow{"needs-taring", "要清零", "needs zeroing", "清空秤盘，按清零",
              "Empty the pan and press zero"},
    DeviceRow{"scale-fault", "出故障", "fault", "关掉秤再打开", "Switch the scale off and on"},
};

// The same states in a rail that is narrow.
constexpr std::array briefs{
    Row{"no-printer", "未设置", "not set"},
    Row{"offline", "没连上", "offline"},
    Row{"no-bus", "无 USB", "no USB"},
    Row{"cover-open", "开盖", "open"},
    Row{"media-empty", "缺标签", "no labels"},
    Row{"media-jam", "卡纸", "jammed"},
    Row{"media-needed", "无间隙", "no gap"},
    Row{"media-low", "标签少", "low"},
    Row{"marker-supply-empty", "缺碳带", "no ribbon"},
    Row{"marker-supply-low", "碳带少", "low"},
    Row{"separation-cutter-jam", "切刀", "cutter"},
    Row{"head-hot", "过热", "too hot"},
    Row{"head-cold", "太冷", "too cold"},
    Row{"interpreter-resource-unavailable", "内存", "memory"},
    Row{"takes-no-data", "不收", "no data"},
    Row{"paused", "暂停", "paused"},
    Row{"buffer-full", "已满", "full"},
    Row{"output-area-full", "待取", "take it"},
    Row{"other", "报错", "error"},
    Row{"other-warning", "提示", "warning"},
    Row{"timed-out", "无回应", "silent"},
    Row{"stopped", "已停", "stopped"},
    Row{"stalled", "停住", "stalled"},
    Row{"usb-error", "USB", "USB"},
    Row{"busy", "占用", "in use"},
    Row{"not-permitted", "无权限", "barred"},
    Row{"no-space", "磁盘满", "disk full"},
    Row{"no-sync", "磁盘", "disk"},
    Row{"unknown-language", "语言", "language"},
    Row{"not-spoken", "语言", "language"},
    Row{"ambiguous", "有多台", "which?"},
    Row{"unbound", "未设置", "not set"},
    Row{"not-a-scanner", "读不了", "unread"},
    Row{"not-a-scale", "读不了", "unread"},
    Row{"in-motion", "在动", "moving"},
    Row{"under-zero", "低于零", "below 0"},
    Row{"over-limit", "超重", "over"},
    Row{"needs-taring", "要清零", "zero it"},
    Row{"scale-fault", "故障", "fault"},
};

const DeviceRow* device_row(std::string_view code) {
  for (const DeviceRow& row : device_rows) {
    if (row.code == code) return &row;
  }
  return nullptr;
}

std::string word(std::string_view code, Language language) {
  if (const DeviceRow* row = device_row(code))
    return std::string(language == Language::zh ? row->zh : row->en);
  for (const Row& row : rows) {
    if (row.code == code) return std::string(language == Language::zh ? row.zh : row.en);
  }
  if (const auto problem = waybill_problem_of(code))
    return language == Language::zh ? problem->text.zh : problem->text.en;
  return std::string(code);
}

// An error's text has both languages: "No such file / 没有这个文件".
std::string_view one_language(std::string_view text, Language language) {
  constexpr std::string_view kBetween = " / ";
  const std::size_t at = text.find(kBetween);
  if (at == std::string_view::npos) return text;
  return language == Language::en ? text.substr(0, at) : text.substr(at + kBetween.size());
}

}  // namespace

std::string reason_word(std::string_view whole, Language language) {
  const std::string_view text = one_language(whole, language);
  // A hold's reason may have its line behind it: "row_lost line 3".
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return word(text, language);
  const std::string first = word(text.substr(0, space), language);
  if (first == text.substr(0, space)) return std::string(text);
  const std::string_view rest = text.substr(space + 1);
  return rest.empty() ? first : first + " (" + std::string(rest) + ")";
}

std::string reason_brief(std::string_view code, Language language) {
  for (const Row& row : briefs) {
    if (row.code == code) return std::string(language == Language::zh ? row.zh : row.en);
  }
  return {};
}

std::string reason_advice(std::string_view code, Language language) {
  const DeviceRow* row = device_row(code);
  if (row == nullptr) return {};
  return std::string(language == Language::zh ? row->advice_zh : row->advice_en);
}

}  // namespace packbench::station
