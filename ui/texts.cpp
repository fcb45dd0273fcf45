#include "ui/texts.h"

#include <array>

#include "base/check.h"

namespace packbench::ui {
namespace {

struct Row {
  Msg msg;
  std::string_view zh, en;
};

using enum Msg;
constexpr std::array<Row, static_cast<std::size_t>(count_)> rows{{
    {bench, "{0} 号台", "Bench {0}"},
    {left, "剩", "left"},
    {left_to, "{0} {1} 末班", "left to {0} {1}"},
    {visit_missed, "末班已过", "Missed"},
    {call_pickup, "叫 {0} 加揽", "Call {0} now"},
    {ship_by, "承诺 {0} 前发", "left to ship, {0}"},
    {due_pickup, "揽收 {0} 前", "pickup by {0}"},
    {due_ship, "发货 {0} 前", "ship by {0}"},
    {due_missed, "{0} 末班已过", "{0} missed"},
    {due_late, "{0} 已过期限", "late since {0}"},
    {typed, "键入 {0}", "Typed {0}"},
    {nobody, "没人签到", "Nobody signed in"},
    {handover_chip, "交接 {0} {1}", "Handover {0} {1}"},
    {outbox_waiting, "待发 {0}", "{0} unsent"},
    {outbox_refused, "平台不收 {0}", "{0} refused"},
    {outbox_refused_brief, "不收 {0}", "{0} refused"},
    {scan_badge, "扫工牌签到", "Scan your badge"},
    {scan_badge_sub, "扫到就开始。主管还要输密码", "That signs you in. Supervisors enter a PIN"},
    {enter_pin, "输密码", "Enter your PIN"},
    {enter_pin_sub, "工牌 {0}。不是你就扫自己的工牌", "Badge {0}. Not yours? Scan your own"},
    {pin_wrong, "密码不对，再输一次", "Wrong PIN, try again"},
    {wait_seconds, "等 {0} 秒再试", "Wait {0} seconds, then try again"},
    {delete_key, "删除", "Delete"},
    {confirm_key, "确定", "OK"},
    {packed_shift, "本班已装", "packed"},
    {caught_shift, "拦下错件", "errors caught"},
    {handed_shift, "已交接", "handed over"},
    {waiting_pickup, "待揽收", "for pickup"},
    {scan_first, "扫第一件商品", "Scan the first item"},
    {scan_first_sub, "订单、拣货单、周转箱、面单也可以", "Or an order, pick slip, tote or label"},
    {done, "完成，扫下一件", "Done. Scan the next"},
    {done_sub, "{0}，放到{1}待揽架", "{0}, onto the {1} shelf"},
    {start_item, "单件订单：直接扫商品", "One item: scan it"},
    {start_item_sub, "最急的那一单会打开", "The most urgent order opens"},
    {start_order, "多件订单：扫拣货单", "Several items: scan the pick slip"},
    {start_order_sub, "订单号、周转箱、波次都行", "Order number, tote or wave will do"},
    {start_label, "面单已在箱里：扫面单", "Label in the tote: scan it"},
    {start_label_sub, "预印面单的单号会打开它的订单", "A pre-printed number opens its order"},
    {wave, "波次 {0}", "Wave {0}"},
    {scan_item, "扫商品", "Scan the item"},
    {scan_item_named, "扫{0}", "Scan: {0}"},
    {tap_item, "放入{0}，按大图", "Put in and press: {0}"},
    {item_of, "第 {0} 件，共 {1} 件", "Item {0} of {1}"},
    {quantity_times, "下一扫算 {0} 件", "the next scan counts {0}"},
    {gift, "礼品", "GIFT"},
    {gift_rule, "不放价格单，放贺卡", "No price list, card in"},
    {gift_card, "不放价格单，贺卡：{0}", "No price list; card: {0}"},
    {card_words, "贺卡：{0}", "Card: {0}"},
    {card_printing, "正在打贺卡", "Card is printing"},
    {card_printed, "贺卡已打", "Card printed"},
    {card_failed, "贺卡没打好", "Card not printed"},
    {with_accessories, "配件：{0}", "With: {0}"},
    {see_note, "有备注，看拣货单", "See the slip's note"},
    {note, "备注：{0}", "Note: {0}"},
    {scan_this, "扫这件", "Scan this"},
    {press_this, "按大图", "Press it"},
    {pack_like_this, "这样装", "Pack like this"},
    {and_more, "还有 {0} 种", "and {0} more"},
    {order_stopped, "订单已取消，停下", "Cancelled: stop"},
    {order_stopped_sub, "货拿出来，放弃这一单", "Take the goods out, abandon the order"},
    {you_scanned, "扫到的", "You scanned"},
    {wanted, "要的", "Wanted"},
    {not_in_order, "不在这一单里", "Not in this order"},
    {still_missing, "还差 {0} 件", "{0} missing"},
    {caught, "拦住了。算拣货的错，不算你的", "Caught. Counted to picking, not to you"},
    {put_right, "拦住了，没有记进这一单", "Caught. Nothing was added to the order"},
    {this_label, "这一箱的面单", "This parcel's label"},
    {a_badge, "工牌", "A badge"},
    {an_order, "订单或商品", "An order or an item"},
    {question_of, "问题 {0} / {1}", "Question {0} of {1}"},
    {before_print, "答完才打印面单", "the label waits for it"},
    {before_staging, "答完再扫面单", "answer, then scan the label"},
    {then_next, "然后：{0}", "Then: {0}"},
    {answered_no, "没通过，改好再答", "Mend it and answer again"},
    {put_on_scale, "放上秤", "Put it on the scale"},
    {weight_due, "应为 {0}", "due {0}"},
    {weight, "重量", "Weight"},
    {weight_unknown, "秤没有数，可以手工输", "No reading; it can be entered by hand"},
    {enter_weight, "输入克数", "Enter grams"},
    {weight_pad_sub, "照秤上显示的输", "As the scale shows it"},
    {courier_counts, "快递员数了几件？", "How many did the courier count?"},
    {courier_counts_sub, "两边一样才能结束交接", "It closes when both counts agree"},
    {weight_taken, "已称", "Weighed"},
    {weight_counts, "早已称好，以此为准", "Weighed before: it counts"},
    {printing, "正在打面单", "Printing the label"},
    {printing_sub, "封箱，等面单出来", "Close the box meanwhile"},
    {goes_on, "排除后自动接着打", "It goes on by itself"},
    {stop_waiting_asks, "按“不等了”，会问面单出来没有",
     "Stop waiting: it asks whether a label came out"},
    {not_printed, "面单还没打", "The label is not printed"},
    {scanner, "扫码枪", "Scanner"},
    {printer, "打印机", "Printer"},
    {scale, "秤", "Scale"},
    {device_says, "{0}：{1}", "{0}: {1}"},
    {printer_says, "打印机：{0}", "Printer: {0}"},
    {not_printed_sub, "排除问题，按打印", "Mend what is wrong, press Print"},
    {no_number_yet, "还没有单号", "No number yet"},
    {did_it_print, "面单打出来了吗？", "Did the label come out?"},
    {did_it_print_sub, "机器不会自己重打", "The bench never prints twice by itself"},
    {it_came, "出来了", "It did"},
    {it_came_do, "贴上，扫它，就算答了", "Stick it, scan it: that answers"},
    {it_came_more, "按也行，之后还是要扫", "Pressing works too; scan it after"},
    {no_label, "没出来", "It did not"},
    {no_label_do, "按这里，再打第 {0} 次", "Press here for print {0}"},
    {no_label_more, "第 {0} 次的作废，见到就撕掉", "Print {0} is void: tear it up if found"},
    {stick_and_scan, "贴好面单，扫它", "Stick the label, scan it"},
    {stick_and_scan_sub, "扫到就完成，直接装下一单", "That closes the parcel. Then the next order"},
    {print_attempt, "第 {0} 次打印", "print {0}"},
    {scanning_attests, "扫面单就是确认你用了", "Scanning it confirms you used"},
    {void_older, "更早的面单作废，见到就撕掉", "Older labels are void: tear them up"},
    {scan_next_parcel, "扫下一箱", "Scan the next parcel"},
    {courier_since, "{0} 开始", "since {0}"},
    {both_counted, "双方都数到", "Both count"},
    {parcels, "箱", "parcels"},
    {take_it_off, "拿下来", "Take it off"},
    {go_on_scanning, "放进红筐，接着扫", "Red bin, then go on scanning"},
    {packing_goes_on, "装箱照常", "Packing goes on"},
    {nothing_packing, "装箱台空着", "Nothing on the bench"},
    {all_there, "都扫到了", "All there"},
    {left_count, "未到 {0}", "Left: {0}"},
    {choose_carrier, "交给谁？", "Which carrier?"},
    {choose_carrier_sub, "按快递公司，然后一箱一箱扫",
     "Press the carrier, then scan parcel by parcel"},
    {left_behind, "还没扫到的", "Not scanned yet"},
    {left_behind_sub, "找到就扫；关单以后留到下一班", "Scan what you find; the rest waits"},
    {came_back, "扫退回箱的面单", "Scan the box's label"},
    {came_back_sub, "扫到就问退回原因", "Then press why it came back"},
    {came_back_do, "扫我们自己贴的那张", "The label that we stuck on it"},
    {came_back_more, "扫不出就键入单号", "Unreadable? Type its number"},
    {more_title, "还要做什么？", "What else?"},
    {more_sub, "继续扫也可以，不用返回", "Or just go on scanning"},
    {which_item, "哪一件？", "Which item?"},
    {which_item_sub, "按那一件", "Press it"},
    {which_order, "哪一单？", "Which order?"},
    {which_order_sub, "按那一单，接着装", "Press it to go on with it"},
    {lists, "清单", "Lists"},
    {lists_sub, "看哪一份？继续扫也可以", "Which one? Or just go on scanning"},
    {list_to_pack, "待装箱", "To pack"},
    {list_packing, "正在装", "Being packed"},
    {list_waiting, "待揽收", "For pickup"},
    {list_pending, "等承运记录", "No record yet"},
    {list_recorded, "承运已记录", "Recorded"},
    {list_anomalies, "异常", "Problems"},
    {list_intercept, "要拦截", "Intercept"},
    {list_pickups, "要叫加揽", "Extra pickups"},
    {list_affected, "停送改期", "Affected"},
    {list_count, "共 {0} · 第 {1} 页，共 {2} 页", "{0} in all · page {1} of {2}"},
    {list_since, "已 {0}", "for {0}"},
    {list_parcels, "{0} 箱", "parcels: {0}"},
    {list_missed, "{0} 没来", "did not come at {0}"},
    {list_saves, "能省 {0}", "saves {0}"},
    {list_too_late, "等下一班就迟 {0}", "would be late: {0}"},
    {list_late, "已迟 {0}", "late: {0}"},
    {list_first_due, "最早 {0} 前发", "first due {0}"},
    {list_next_visit, "下一班 {0}", "next visit {0}"},
    {list_stopped, "停送 {0}，到 {1}", "not to {0} until {1}"},
    {list_perhaps_stopped, "可能停送 {0}，到 {1}", "perhaps not to {0} until {1}"},
    {list_moved, "{0}，原来 {1}", "{0}: was {1}"},
    {list_reading, "正在读取…", "Reading…"},
    {list_failed, "现在读不出来。返回再试，还不行就叫主管",
     "It cannot be read now. Go back, try again, or call a supervisor"},
    {list_empty, "这里没有", "Nothing here"},
    {why, "什么原因？", "Why?"},
    {why_sub, "按一个原因就记下了", "Pressing a reason records it"},
    {key_more, "更多", "More"},
    {key_back, "返回", "Back"},
    {key_undo, "撤销", "Undo"},
    {key_differs, "与描述不符", "Differs"},
    {key_short, "缺件", "Short"},
    {key_damaged, "破损", "Damaged"},
    {key_handover, "交接", "Handover"},
    {key_packing, "装箱", "Packing"},
    {key_parked, "挂起的单", "Parked"},
    {key_done_it, "已做好", "Done"},
    {key_cannot, "做不到", "Cannot"},
    {key_not_printed, "没打出来", "No label"},
    {key_print, "打印", "Print"},
    {key_stop_waiting, "不等了", "Stop waiting"},
    {key_reprint, "重打", "Reprint"},
    {key_card, "打印贺卡", "Print card"},
    {key_print_manifest, "打印交接单", "Print manifest"},
    {key_void, "作废面单", "Void label"},
    {key_close_manifest, "交接完毕", "Close it"},
    {key_courier_refuses, "快递不收这件", "Last refused"},
    {key_incident, "快递员问题", "Incident"},
    {key_courier_count, "核对数目", "Both counts"},
    {key_came_back, "退回来了", "Came back"},
    {key_take_in, "收下退件", "Take it in"},
    {key_left, "未到 {0}", "Left {0}"},
    {key_next_parcel, "再开一箱", "Next parcel"},
    {key_park, "挂起", "Park"},
    {key_abandon, "放弃", "Abandon"},
    {key_sign_out, "签退", "Sign out"},
    {key_close_shift, "交班", "Close shift"},
    {key_override, "主管放行", "Override"},
    {key_not_applicable, "不适用", "Not needed"},
    {key_by_hand, "手选商品", "By hand"},
    {key_weight, "手输重量", "Weight"},
    {key_release, "放行订单", "Release"},
    {key_page_before, "上一页", "Previous"},
    {key_page_after, "下一页", "Next page"},
    {key_language, "English", "中文"},
    {tray_title, "演示：按一下就是扫", "Demo: press to scan"},
}};

constexpr std::size_t places(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 2] == '}') ++count;
  }
  return count;
}

constexpr bool complete() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (row.msg != static_cast<Msg>(i) || row.zh.empty() || row.en.empty() ||
        places(row.zh) != places(row.en))
      return false;
  }
  return true;
}
static_assert(complete(),
              "every text needs Chinese and English with the same places, in the enum's order");

}  // namespace

std::string_view ui_text(Msg msg, station::Language language) {
  const auto index = static_cast<std::size_t>(msg);
  CHECK(index < rows.size());
  return language == station::Language::zh ? rows[index].zh : rows[index].en;
}

std::string ui_text(Msg msg, station::Language language,
                    std::initializer_list<std::string> values) {
  const std::string_view text = ui_text(msg, language);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}') {
      const auto place = static_cast<std::size_t>(text[i + 1] - '0');
      CHECK(place < values.size());
      out += values.begin()[place];
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace packbench::ui
