#include "label/page.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "domain/label_code.h"
#include "domain/privacy.h"
#include "label/canvas.h"
#include "label/code128.h"
#include "label/marks.h"
#include "label/symbol.h"

namespace packbench::label {
namespace {

constexpr int kMargin = 24;
constexpr int kInner = kPageWidth - 2 * kMargin;
constexpr int kRule = 3;

// Rows of the page from top to bottom, in dots.
constexpr Box kHeader = {kMargin, 20, kInner, 76};
constexpr int kRuleHeader = 104;
constexpr Box kRoute = {kMargin, 112, kInner, 122};
constexpr Box kConsolidation = {kMargin, 240, kInner, 56};
constexpr int kRuleRoute = 306;
constexpr Box kBars = {0, 330, kPageWidth, 168};
constexpr Box kNumber = {kMargin, 504, kInner, 44};
constexpr int kRuleBars = 560;
constexpr Box kReceiver = {kMargin, 574, kInner, 252};
constexpr int kRuleReceiver = 838;
constexpr Box kSender = {kMargin, 848, kInner, 88};
constexpr int kRuleSender = 944;
constexpr Box kDetails = {kMargin, 954, 548, 108};
constexpr Box kMarks = {kMargin, 1070, 548, 106};
constexpr Box kSmallCode = {580, 950, 200, 200};
constexpr Box kSmallText = {580, 1150, 200, 30};

constexpr int kModuleDotsMax = 4;  // 0.5 mm: wider bars only cost room
constexpr int kModuleDotsMin = 2;  // 0.25 mm: narrower ones are not printed safely at 203 dpi
constexpr int kSmallModuleDotsMax = 6;
constexpr int kSmallModuleDotsMin = 4;
constexpr std::size_t kOrderLineMax = 36;
constexpr std::size_t kAddressBytesMax = 1'600;  // more never fits and would only cost time
constexpr int kSpecimenMiddle = 752;

struct PartyFields {
  Field name, phone, address;
};
constexpr PartyFields kReceiverFields = {{"Receiver's name", "收件人"},
                                         {"Receiver's phone", "收件电话"},
                                         {"Receiver's address", "收件地址"}};
constexpr PartyFields kSenderFields = {
    {"Sender's name", "寄件人"}, {"Sender's phone", "寄件电话"}, {"Sender's address", "寄件地址"}};
constexpr Field kCarrier = {"Carrier", "快递公司"};
constexpr Field kService = {"Service", "时效产品"};
constexpr Field kRouteCode = {"Route code", "大头笔"};
constexpr Field kConsolidationCode = {"Consolidation", "集包地"};
constexpr Field kWaybill = {"Waybill", "运单号"};
constexpr Field kBench = {"Bench", "工位"};
constexpr Field kStanding = {"Attempt", "打印次数"};
constexpr Field kMarksField = {"Marks", "标记"};
constexpr Field kOrder = {"Order", "订单"};
constexpr Field kDate = {"Date", "日期"};
constexpr Field kParcel = {"Parcel", "件数"};
constexpr Field kWeight = {"Weight", "重量"};

// Collects the drawing of a page; after the first error nothing more is drawn.
class PageDrawing {
 public:
  explicit PageDrawing(const LabelContent& content)
      : content_(content), canvas_(kPageWidth, kPageHeight) {}

  Result<Page> run();

 private:
  Box text(const Field& field, std::string_view what, const Box& box, const TextStyle& style) {
    if (error_) return {};
    const auto placed = canvas_.text(field, what, box, style);
    if (placed) return placed.value().ink;
    error_ = placed.error();
    return {};
  }
  void rule(int y) { canvas_.fill({kMargin, y, kInner, kRule}); }
  // White on black, as wide as its box.
  void plate(const Field& field, std::string_view what, const Box& box, int size) {
    canvas_.fill(box);
    text(field, what, {box.x + 8, box.y + 2, box.width - 16, box.height - 4},
         {.size_max = size, .size_min = 20, .bold = true, .align = Align::centre, .white = true});
  }

  void header();
  void route();
  void number();
  void party(const PartyFields& fields, const LabelParty& who, const Box& box, bool receiver);
  void name_and_phone(const PartyFields& fields, const LabelParty& who, const Box& row,
                      bool receiver);
  void details();
  void detail(const Field& field, const std::string& value, const Box& box);
  void marks();
  std::string standing() const;
  void draw_bars(Page& page, const std::vector<std::uint8_t>& widths);
  void draw_small(Page& page, const Raster& modules);

  const LabelContent& content_;
  Canvas canvas_;
  std::optional<Error> error_;
};

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

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

void PageDrawing::header() {
  text(kCarrier, content_.carrier_name.empty() ? content_.carrier : content_.carrier_name,
       {kHeader.x, kHeader.y, 470, kHeader.height}, {.size_max = 56, .size_min = 28, .bold = true});
  if (content_.service.empty()) return;
  plate(kService, content_.service, {kHeader.x + 488, kHeader.y + 4, 264, 68}, 44);
}

void PageDrawing::route() {
  // Where a carrier gives no route code, the postcode is what the parcel is sorted by.
  const std::string& postcode = content_.receiver.postcode;
  text(kRouteCode, content_.route_code.empty() ? postcode : content_.route_code, kRoute,
       {.size_max = 124, .size_min = 52, .bold = true, .align = Align::centre});
  Box row = kConsolidation;
  if (const std::string word = standing(); !word.empty()) {
    plate(kStanding, word, {row.x + row.width - 296, row.y + 2, 296, 52}, 34);
    row.width -= 312;
  }
  if (content_.consolidation.empty()) return;
  plate(kConsolidationCode, "集包", {row.x, row.y + 4, 104, 48}, 34);
  text(kConsolidationCode, content_.consolidation,
       {row.x + 120, row.y, row.width - 120, row.height},
       {.size_max = 46, .size_min = 24, .bold = true});
}

void PageDrawing::number() {
  text(kWaybill, grouped(content_.waybill), kNumber,
       {.size_max = 42, .size_min = 24, .bold = true, .align = Align::centre});
}

// The phone stands at the right, the name takes what is left of the line.
void PageDrawing::name_and_phone(const PartyFields& fields, const LabelParty& who, const Box& row,
                                 bool receiver) {
  const Box place = text(fields.phone, mask_phone(who.phone),
                         {row.x + row.width / 3, row.y, row.width - row.width / 3, row.height},
                         {.size_max = receiver ? 44 : 28,
                          .size_min = receiver ? 26 : 18,
                          .bold = receiver,
                          .align = Align::right});
  const int gap = place.width == 0 ? 0 : place.width + 20;
  text(fields.name, who.organisation ? who.name : mask_name(who.name),
       {row.x, row.y, row.width - gap, row.height},
       {.size_max = receiver ? 48 : 28,
        .size_min = receiver ? 26 : 18,
        .bold = receiver,
        .lines_max = receiver ? 2 : 1});
}

void PageDrawing::party(const PartyFields& fields, const LabelParty& who, const Box& box,
                        bool receiver) {
  const int badge = receiver ? 72 : 44;
  plate(fields.address, receiver ? "收" : "寄", {box.x, box.y, badge, badge}, receiver ? 52 : 30);
  text(fields.address, receiver ? "TO" : "FROM",
       {box.x, box.y + badge + 4, badge, receiver ? 28 : 20},
       {.size_max = receiver ? 26 : 16, .size_min = 16, .align = Align::centre});
  const int x = box.x + badge + 16;
  const int width = box.x + box.width - x;
  const int first = receiver ? 64 : 36;
  name_and_phone(fields, who, {x, box.y, width, first}, receiver);

  std::vector<std::string> lines;
  for (const std::string& line : who.address) lines.push_back(mask_address(line));
  lines.push_back(joined({who.postcode, who.country}, " "));
  const int top = box.y + first + 4;
  text(fields.address, joined(lines, " "), {x, top, width, box.y + box.height - top},
       {.size_max = receiver ? 44 : 24,
        .size_min = receiver ? 28 : 18,
        .bold = receiver,
        .lines_max = receiver ? 5 : 2});
}

void PageDrawing::detail(const Field& field, const std::string& value, const Box& box) {
  if (value.empty()) return;
  constexpr int kLabel = 124;
  text(field, std::string(field.zh) + ' ' + std::string(field.en),
       {box.x, box.y, kLabel, box.height}, {.size_max = 20, .size_min = 20});
  text(field, value, {box.x + kLabel, box.y, box.width - kLabel, box.height},
       {.size_max = 28, .size_min = 18, .bold = true});
}

void PageDrawing::details() {
  const LabelContent& c = content_;
  const Box& area = kDetails;
  constexpr int kRow = 36;
  const std::string parcel =
      std::to_string(c.parcel_index) +
      (c.parcel_count > 0 ? "/" + std::to_string(c.parcel_count) : std::string());
  std::string weight;
  if (c.weight && c.weight->count >= 0) {
    const std::string grams = std::to_string(c.weight->count % 1000);
    weight = std::to_string(c.weight->count / 1000) + '.' + std::string(3 - grams.size(), '0') +
             grams + " kg";
  }
  detail(kOrder, order_line(c.order_numbers), {area.x, area.y, area.width, kRow});
  detail(kDate, c.date, {area.x, area.y + kRow, area.width, kRow});
  detail(kParcel, parcel, {area.x, area.y + 2 * kRow, 240, kRow});
  detail(kWeight, weight, {area.x + 252, area.y + 2 * kRow, 296, kRow});
}

void PageDrawing::marks() {
  constexpr int kSide = 64;
  constexpr int kPitch = 116;
  int x = kMarks.x;
  const auto next = [&](const MarkWords& words) {
    text(kMarksField, words.zh, {x, kMarks.y + kSide + 2, kPitch - 8, 24},
         {.size_max = 20, .size_min = 20, .align = Align::centre});
    text(kMarksField, words.en, {x, kMarks.y + kSide + 24, kPitch - 8, 24},
         {.size_max = 18, .size_min = 16, .align = Align::centre});
    x += kPitch;
  };
  const auto square = [&] { return Box{x + (kPitch - 8 - kSide) / 2, kMarks.y, kSide, kSide}; };
  if (content_.gift) {
    plate(kMarksField, "礼", square(), 48);
    next({"礼品", "Gift"});
  }
  for (const HandlingMark mark : content_.marks) {
    if (x + kPitch - 8 > kMarks.x + kMarks.width) {
      error_ = unprintable(kMarksField, "more of them than there is room for", "太多，放不下");
      return;
    }
    draw_mark(canvas_, mark, square());
    next(mark_words(mark));
  }
}

// What this print is when it is not simply the parcel's label.
std::string PageDrawing::standing() const {
  if (content_.attempt == 0) return "样张 SPECIMEN";
  const int repeat = content_.duplicate > 0 ? content_.duplicate
                     : content_.attempt > 1 ? content_.attempt
                                            : 0;
  return repeat == 0 ? "" : "重打 DUPLICATE " + std::to_string(repeat);
}

void PageDrawing::draw_bars(Page& page, const std::vector<std::uint8_t>& widths) {
  const int modules = total_modules(widths) + 2 * kCode128QuietModules;
  const int dots = std::min(kModuleDotsMax, kBars.width / modules);
  if (dots < kModuleDotsMin) {
    error_ = unprintable(kWaybill, "its bar code is too wide for the label; check the number",
                         "太长，条码印不下，请核对单号");
    return;
  }
  const int width = modules * dots;
  page.waybill.box = {kBars.x + (kBars.width - width) / 2, kBars.y, width, kBars.height};
  int x = page.waybill.box.x + kCode128QuietModules * dots;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i % 2 == 0) page.raster.fill({x, kBars.y, widths[i] * dots, kBars.height});
    x += widths[i] * dots;
  }
}

void PageDrawing::draw_small(Page& page, const Raster& modules) {
  const int side = modules.width + 2 * kQrQuietModules;
  const int dots = std::min(kSmallModuleDotsMax, kSmallCode.width / side);
  if (dots < kSmallModuleDotsMin) {
    error_ = unprintable(kWaybill, "too long for the small code; check the number",
                         "太长，小码印不下，请核对单号");
    return;
  }
  Box& box = page.small.box;
  box = {kSmallCode.x + (kSmallCode.width - side * dots) / 2,
         kSmallCode.y + (kSmallCode.height - side * dots) / 2, side * dots, side * dots};
  for (int y = 0; y < modules.height; ++y) {
    for (int x = 0; x < modules.width; ++x) {
      if (!modules.black(x, y)) continue;
      page.raster.fill(
          {box.x + (x + kQrQuietModules) * dots, box.y + (y + kQrQuietModules) * dots, dots, dots});
    }
  }
}

Result<Page> PageDrawing::run() {
  const LabelCode code{content_.bench, content_.waybill, content_.attempt};
  const auto widths = code128_widths(content_.waybill);
  if (!widths || !is_encodable(code)) {
    return unprintable(kWaybill,
                       "number and bench code must be 1 to 40 letters, digits and signs of ASCII",
                       "单号和工位代码只能是 1 到 40 个英文字母、数字和符号");
  }
  const auto address = one_line(joined(content_.receiver.address, " "));
  if (!address || address->empty() || address->size() > kAddressBytesMax) {
    return unprintable(kReceiverFields.address,
                       "missing, unreadable or far too long; complete it in the order",
                       "没有、不可读或太长，请在订单里补全");
  }
  Page page;
  page.waybill.text = content_.waybill;
  page.small.text = encode_label_code(code);
  const auto modules = qr_modules(page.small.text);
  if (!modules) return unprintable(kWaybill, "the small code cannot hold it", "小码放不下");

  header();
  route();
  number();
  party(kReceiverFields, content_.receiver, kReceiver, true);
  party(kSenderFields, content_.sender, kSender, false);
  details();
  marks();
  text(kBench, content_.bench + " #" + std::to_string(content_.attempt), kSmallText,
       {.size_max = 22, .size_min = 16, .align = Align::centre});
  for (const int y : {kRuleHeader, kRuleRoute, kRuleBars, kRuleReceiver, kRuleSender}) rule(y);
  if (content_.attempt == 0) canvas_.across("样张 SPECIMEN", kPageWidth / 2, kSpecimenMiddle, 100);
  if (error_) return *error_;

  page.raster = canvas_.to_raster();
  draw_bars(page, *widths);
  draw_small(page, *modules);
  if (error_) return *error_;
  return page;
}

}  // namespace

Result<Page> draw_page(const LabelContent& content) {
  return PageDrawing(content).run();
}

}  // namespace packbench::label
