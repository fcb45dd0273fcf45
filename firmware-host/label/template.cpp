#include "label/template.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <set>
#include <utility>

namespace packbench::label {
namespace {

constexpr double kSideMin = 20, kSideMax = 210;  // of the paper; print heads end at 216 mm
constexpr double kEmMin = 1.5, kEmMax = 40;
constexpr int kLinesMax = 20;
constexpr std::size_t kTextMax = 100;
constexpr std::size_t kPartsMax = 200;
constexpr double kModuleMin = 0.25;  // narrower bars are not printed safely at 203 dpi
constexpr double kModuleMax = 1.5;
constexpr double kInchSizeTolerance = 0.01;

struct Wrong {
  std::string key, en, zh;
  toml::source_position at;
};

// Reads one table of the template. The first thing that is wrong ends the reading.
class Part {
 public:
  Part(const toml::table& table, std::string name, std::optional<Wrong>& wrong)
      : table_(table), name_(std::move(name)), wrong_(wrong) {}

  const toml::node* get(const char* key) {
    known_.insert(key);
    return table_.get(key);
  }

  void fail(const std::string& key, const std::string& en, const std::string& zh) {
    const toml::node* node = table_.get(key);
    const auto at = (node == nullptr ? table_.source() : node->source()).begin;
    if (!wrong_) wrong_ = Wrong{name_.empty() ? key : name_ + "." + key, en, zh, at};
  }

  double number(const char* key, double least, double most) {
    const toml::node* node = get(key);
    const auto value = node == nullptr ? std::nullopt : node->value<double>();
    if (value && *value >= least && *value <= most) return *value;
    const std::string range = trimmed(least) + " ... " + trimmed(most);
    fail(key, "must be a number of " + range, "应为 " + range + " 之间的数");
    return least;
  }

  // A list of numbers of exactly this length; zeros after the first error.
  std::vector<double> numbers(const char* key, std::size_t count, const char* en, const char* zh) {
    std::vector<double> out;
    const toml::node* node = get(key);
    if (node != nullptr && node->is_array()) {
      for (const toml::node& item : *node->as_array()) {
        const auto value = item.value<double>();
        if (value && std::isfinite(*value)) out.push_back(*value);
      }
      if (out.size() != node->as_array()->size()) out.clear();
    }
    if (out.size() == count) return out;
    fail(key, en, zh);
    return std::vector<double>(count);
  }

  bool flag(const char* key) {
    const toml::node* node = get(key);
    if (node == nullptr) return false;
    const auto value = node->value_exact<bool>();
    if (!value) fail(key, "must be true or false", "应为 true 或 false");
    return value.value_or(false);
  }

  std::string word(const char* key, const char* en, const char* zh) {
    const toml::node* node = get(key);
    if (node == nullptr) return "";
    const auto value = node->value_exact<std::string>();
    if (value && !value->empty() && value->size() <= kTextMax) return *value;
    fail(key, en, zh);
    return "";
  }

  template <class Value>
  Value choice(const char* key, Value otherwise,
               const std::vector<std::pair<std::string, Value>>& values) {
    std::string words;
    for (const auto& [name, value] : values) words += (words.empty() ? "" : ", ") + name;
    const std::string chosen =
        word(key, ("must be one of " + words).c_str(), ("应为 " + words + " 之一").c_str());
    if (chosen.empty()) return otherwise;
    for (const auto& [name, value] : values) {
      if (name == chosen) return value;
    }
    fail(key, "must be one of " + words, "应为 " + words + " 之一");
    return otherwise;
  }

  std::optional<FieldId> field(const char* key) {
    const std::string words = field_words();
    const std::string name =
        word(key, ("must be one of " + words).c_str(), ("应为 " + words + " 之一").c_str());
    if (name.empty()) return std::nullopt;
    const auto found = field_of(name);
    if (!found) fail(key, "must be one of " + words, "应为 " + words + " 之一");
    return found;
  }

  // Refuses what nobody asked for.
  void finish() {
    for (const auto& [key, node] : table_) {
      const std::string name(key.str());
      if (known_.count(name) == 0) fail(name, "is not a word of templates", "不是模板里的词");
    }
  }

 private:
  static std::string trimmed(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
  }

  const toml::table& table_;
  const std::string name_;
  std::optional<Wrong>& wrong_;
  std::set<std::string> known_;
};

bool overlap(const Area& a, const Area& b) {
  constexpr double kTouching = 1e-6;
  return a.x + a.width > b.x + kTouching && b.x + b.width > a.x + kTouching &&
         a.y + a.height > b.y + kTouching && b.y + b.height > a.y + kTouching;
}

// Reads the whole file.
class Reading {
 public:
  explicit Reading(const toml::table& root) : root_(root) {}

  LabelTemplate run() {
    Part head(root_, "", wrong_);
    out_.width = head.number("width", kSideMin, kSideMax);
    out_.height = head.number("height", kSideMin, 2 * kSideMax);
    out_.kind =
        head.choice<TemplateKind>("kind", TemplateKind::label,
                                  {{"label", TemplateKind::label}, {"card", TemplateKind::card}});
    carriers(head);
    each(head, "text", [this](Part& part) { out_.texts.push_back(text(part)); });
    each(head, "rule", [this](Part& part) { out_.rules.push_back({area(part), condition(part)}); });
    each(head, "marks", [this](Part& part) { out_.marks.push_back(marks(part)); });
    if (out_.kind == TemplateKind::label) codes(head);
    head.finish();
    if (out_.kind == TemplateKind::label && !wrong_) check_label(head);
    return std::move(out_);
  }

  const std::optional<Wrong>& wrong() const { return wrong_; }

 private:
  void carriers(Part& head) {
    const toml::node* node = head.get("carriers");
    if (node == nullptr) return;
    if (node->is_array()) {
      for (const toml::node& item : *node->as_array()) {
        const auto code = item.value_exact<std::string>();
        if (code && !code->empty()) out_.carriers.push_back(*code);
      }
      if (out_.carriers.size() == node->as_array()->size()) return;
    }
    head.fail("carriers", "must be a list of carriers' codes", "应为快递公司代码的列表");
  }

  template <class Take>
  void each(Part& head, const char* key, const Take& take) {
    const toml::node* node = head.get(key);
    if (node == nullptr) return;
    const toml::array* tables = node->as_array();
    if (tables == nullptr || !tables->is_homogeneous(toml::node_type::table) ||
        tables->size() > kPartsMax) {
      const std::string form = std::string("[[") + key + "]]";
      return head.fail(key, "must be written as " + form, "应写成 " + form);
    }
    for (const toml::node& table : *tables) {
      Part part(*table.as_table(), key, wrong_);
      take(part);
      part.finish();
    }
  }

  Area area(Part& part) {
    const auto box = part.numbers("box", 4, "must be [x, y, width, height] in millimetres",
                                  "应为 [x, y, 宽, 高]，单位毫米");
    const Area out{box[0], box[1], box[2], box[3]};
    const bool inside = out.x >= 0 && out.y >= 0 && out.width > 0 && out.height > 0 &&
                        out.x + out.width <= out_.width + kInchSizeTolerance &&
                        out.y + out.height <= out_.height + kInchSizeTolerance;
    if (!inside) part.fail("box", "must lie on the paper", "必须在纸张之内");
    return out;
  }

  Condition condition(Part& part) {
    Condition out;
    out.scanner = part.choice<std::optional<SmallCode>>(
        "scanner", std::nullopt, {{"1d", SmallCode::code128}, {"2d", SmallCode::qr}});
    out.with = part.field("with");
    out.without = part.field("without");
    out.gift = part.flag("gift");
    return out;
  }

  TextPart text(Part& part) {
    TextPart out;
    out.area = area(part);
    out.field = part.field("field");
    out.fixed = part.word("text", "must be a text of 1 to 100 bytes", "应为 1 到 100 字节的文字");
    if (out.field.has_value() == !out.fixed.empty())
      part.fail("field", "or text must be given, one of the two", "与 text 二者必须有且只有一个");
    const auto sizes =
        part.numbers("size", 2, "must be [largest, smallest] height of letters in mm",
                     "应为 [最大, 最小] 字高，单位毫米");
    out.size_max = sizes[0];
    out.size_min = sizes[1];
    if (out.size_min < kEmMin || out.size_max > kEmMax || out.size_min > out.size_max)
      part.fail("size", "must be [largest, smallest], 1.5 to 40 mm",
                "应为 [最大, 最小]，1.5 到 40 毫米");
    out.bold = part.flag("bold");
    out.plate = part.flag("plate");
    if (part.get("lines") != nullptr)
      out.lines_max = static_cast<int>(part.number("lines", 1, kLinesMax));
    out.align = part.choice<Align>(
        "align", out.plate ? Align::centre : Align::left,
        {{"left", Align::left}, {"centre", Align::centre}, {"right", Align::right}});
    out.condition = condition(part);
    return out;
  }

  MarksPart marks(Part& part) {
    MarksPart out;
    out.area = area(part);
    out.side = part.number("side", 3, 40);
    if (out.area.height < out.side + kMarkWordsHeight)
      part.fail("box", "must be 6 mm higher than side: words stand below",
                "高度须比 side 多 6 毫米，下面要写字");
    out.pitch = part.number("pitch", out.side, 60);
    out.condition = condition(part);
    return out;
  }

  std::optional<CodePart> code(Part& head, const char* key) {
    const toml::node* node = head.get(key);
    if (node == nullptr) return std::nullopt;
    if (!node->is_table()) {
      head.fail(key, "must be a table", "应为一个表");
      return std::nullopt;
    }
    Part part(*node->as_table(), key, wrong_);
    const CodePart out{area(part), part.number("module", kModuleMin, kModuleMax)};
    part.finish();
    return out;
  }

  void codes(Part& head) {
    const auto waybill = code(head, "waybill");
    if (!waybill) head.fail("waybill", "must be given: the bar code", "缺少：运单条码");
    out_.waybill = waybill.value_or(CodePart{});
    out_.small_code = code(head, "small_code");
    out_.small_bars = code(head, "small_bars");
    if (!out_.small_code && !out_.small_bars)
      head.fail("small_code", "or small_bars must be given", "与 small_bars 至少要有一个");
    const toml::node* node = head.get("specimen");
    if (node == nullptr || !node->is_table())
      return head.fail("specimen", "must be given: where SPECIMEN is written across",
                       "缺少：样张字样的位置");
    Part part(*node->as_table(), "specimen", wrong_);
    out_.specimen = area(part);
    part.finish();
  }

  // A label without an address is none, and ink on a code would fail each label's self-check.
  void check_label(Part& head) {
    for (const FieldId needed : {FieldId::receiver_address, FieldId::waybill}) {
      const bool there =
          std::any_of(out_.texts.begin(), out_.texts.end(), [&](const TextPart& text) {
            const Condition& when = text.condition;
            return text.field == needed && !when.gift && !when.with && !when.without &&
                   !when.scanner;
          });
      const std::string word = needed == FieldId::waybill ? "waybill" : "receiver_address";
      if (!there)
        head.fail("text", "lacks one that always shows " + word,
                  "缺少始终显示 " + word + " 的一项");
    }
    struct Code {
      const char* name;
      const CodePart* part;
      std::optional<SmallCode> kind;
    };
    for (const Code& code :
         {Code{"waybill", &out_.waybill, std::nullopt},
          Code{"small_code", out_.small_code ? &*out_.small_code : nullptr, SmallCode::qr},
          Code{"small_bars", out_.small_bars ? &*out_.small_bars : nullptr, SmallCode::code128}}) {
      if (code.part != nullptr && is_covered(code.part->area, code.kind))
        head.fail(code.name, "is covered by another part", "与其他内容重叠");
    }
  }

  bool is_covered(const Area& code, std::optional<SmallCode> kind) const {
    const auto covers = [&](const auto& part) {
      const auto& scanner = part.condition.scanner;
      const bool together = !kind || !scanner || *scanner == *kind;
      return together && overlap(part.area, code);
    };
    return std::any_of(out_.texts.begin(), out_.texts.end(), covers) ||
           std::any_of(out_.rules.begin(), out_.rules.end(), covers) ||
           std::any_of(out_.marks.begin(), out_.marks.end(), covers) ||
           (kind && overlap(code, out_.waybill.area));
  }

  const toml::table& root_;
  LabelTemplate out_;
  std::optional<Wrong> wrong_;
};

Error bad_template(const std::string& name, const Wrong& wrong) {
  const std::string line = std::to_string(wrong.at.line);
  const std::string key = wrong.key.empty() ? "" : wrong.key + " ";
  return {"bad_template", "label template " + name + ", line " + line + ": " + key + wrong.en +
                              "; mend the file / 面单模板 " + name + " 第 " + line + " 行：" + key +
                              wrong.zh + "，请修改文件"};
}

}  // namespace

Result<LabelTemplate> parse_template(std::string_view text, const std::string& name) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    const std::string what(error.description());
    return bad_template(name, {"", what, what, error.source().begin});
  } catch (const std::exception& error) {
    return bad_template(name, {"", error.what(), error.what(), {}});
  }
  Reading reading(root);
  LabelTemplate out = reading.run();
  if (reading.wrong()) return bad_template(name, *reading.wrong());
  out.name = name;
  return out;
}

std::string paper_size(const LabelTemplate& of) {
  char text[48];
  std::snprintf(text, sizeof text, "%gx%g", of.width, of.height);
  return std::string_view(text) == "101.6x152.4" ? "4x6" : text;
}

const LabelTemplate* choose_template(const std::vector<LabelTemplate>& all, std::string_view size,
                                     std::string_view carrier) {
  const LabelTemplate* any = nullptr;
  for (const LabelTemplate& one : all) {
    if (one.kind != TemplateKind::label || paper_size(one) != size) continue;
    const auto& codes = one.carriers;
    if (std::find(codes.begin(), codes.end(), carrier) != codes.end()) return &one;
    if (codes.empty() && any == nullptr) any = &one;
  }
  return any;
}

}  // namespace packbench::label
