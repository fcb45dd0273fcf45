#include "host/label_config.h"

#include <algorithm>
#include <set>

#include "host/config_section.h"

namespace packbench::host {
namespace {

using label::LabelTemplate;
using label::SmallCode;
using label::TemplateKind;

void read_setting(Section& s, const char* key, std::int64_t least, std::int64_t most,
                  std::optional<int>& out) {
  constexpr std::int64_t kNone = -1;
  std::int64_t value = kNone;
  const std::string range = std::to_string(least) + " to " + std::to_string(most);
  s.read(key, value, range.c_str());
  if (value == kNone) return;
  if (value < least || value > most) return s.fail(key, range);
  out = static_cast<int>(value);
}

void read_gap(Section& s, label::PrinterSetting& printer) {
  double gap = printer.gap_tenths / 10.0;
  s.read("gap_mm", gap, "a number of millimetres");
  if (gap < 0 || gap > 25) return s.fail("gap_mm", "0 to 25");
  printer.gap_tenths = static_cast<int>(gap * 10 + 0.5);
}

std::string names_of(const std::vector<LabelTemplate>& all, const std::string& size) {
  std::string names;
  for (const LabelTemplate& one : all) {
    if (one.kind != TemplateKind::label) continue;
    names += (names.empty() ? "" : ", ") + one.name;
    if (size.empty()) names += " (" + paper_size(one) + ")";
  }
  return names;
}

}  // namespace

std::optional<Error> read_label(const toml::table& root, LabelConfig& label,
                                station::Policy& policy) {
  const toml::node* node = root.get("label");
  if (node != nullptr && !node->is_table()) return bad_config("label", "written as [label]");
  const toml::table* table = node == nullptr ? nullptr : node->as_table();
  Section s(table, "label");
  s.read("paper", label.paper, "a size such as 100x150 or 4x6");
  std::int64_t dpi = label.printer.dpi;
  s.read("dpi", dpi, "203 or 300");
  if (dpi != 203 && dpi != 300) s.fail("dpi", "203 or 300");
  label.printer.dpi = static_cast<int>(dpi);
  choose<SmallCode>(s, "scanner", label.small, {{"1d", SmallCode::code128}, {"2d", SmallCode::qr}});
  read_setting(s, "darkness", 0, 30, label.printer.darkness);
  read_setting(s, "speed", 1, 14, label.printer.speed);
  choose<bool>(s, "zpl", label.printer.compressed, {{"packed", true}, {"ascii", false}});
  read_gap(s, label.printer);
  std::optional<int> direction;
  read_setting(s, "direction", 0, 1, direction);
  label.printer.direction = direction.value_or(label.printer.direction);
  choose<bool>(s, "gift_card", policy.card_by_itself, {{"command", false}, {"auto", true}});
  choose<bool>(s, "manifest", policy.slip_by_itself, {{"command", false}, {"auto", true}});
  s.know("template");
  if (auto error = s.finish()) return error;
  const toml::node* carriers = table == nullptr ? nullptr : table->get("template");
  if (carriers == nullptr) return std::nullopt;
  if (!carriers->is_table()) return bad_config("label.template", "written as [label.template]");
  for (const auto& [carrier, name] : *carriers->as_table()) {
    const auto text = name.value<std::string>();
    if (!text)
      return bad_config("label.template." + std::string(carrier.str()), "a template's name");
    label.by_carrier[std::string(carrier.str())] = *text;
  }
  return std::nullopt;
}

label::LabelStyle style_of(const LabelConfig& config, label::LabelLanguage language) {
  return {language, config.small, config.printer};
}

Result<const LabelTemplate*> template_for(const LabelConfig& config,
                                          const std::vector<LabelTemplate>& all,
                                          const std::string& carrier, const std::string& named) {
  std::string name = named;
  if (name.empty()) {
    const auto found = config.by_carrier.find(carrier);
    if (found != config.by_carrier.end()) name = found->second;
  }
  if (name.empty()) {
    if (const LabelTemplate* one = choose_template(all, config.paper, carrier)) return one;
    return Error{"no_template",
                 "there is no label template for paper of " + config.paper +
                     "; set label.paper to that of one of these: " + names_of(all, "") +
                     " / 没有 " + config.paper + " 的面单模板，请把 label.paper 改成已有的尺寸"};
  }
  // A card is no carrier's label, but may be asked for by its name.
  const auto found = std::find_if(all.begin(), all.end(), [&](const LabelTemplate& one) {
    return one.name == name && (one.kind == TemplateKind::label || !named.empty());
  });
  if (found != all.end()) return &*found;
  return Error{"no_template", "there is no label template \"" + name + "\"; there are " +
                                  names_of(all, "all") + " / 没有面单模板“" + name + "”，现有：" +
                                  names_of(all, "all")};
}

Result<const LabelTemplate*> card_template(const LabelConfig& config,
                                           const std::vector<LabelTemplate>& all) {
  for (const LabelTemplate& one : all) {
    if (one.kind == TemplateKind::card && paper_size(one) == config.paper) return &one;
  }
  return Error{"no_template",
               "there is no gift card template for paper of " + config.paper +
                   "; add one to the folder templates of the data directory / 没有 " +
                   config.paper + " 的贺卡模板，请在数据目录的 templates 里加一个"};
}

std::optional<Error> check_templates(const LabelConfig& config,
                                     const std::vector<LabelTemplate>& all,
                                     const std::string& default_carrier) {
  std::set<std::string> carriers = {default_carrier};
  for (const auto& [carrier, name] : config.by_carrier) carriers.insert(carrier);
  for (const std::string& carrier : carriers) {
    const auto found = template_for(config, all, carrier);
    if (!found) return Error{"bad_config", "packbench.toml: " + found.error().text};
    const LabelTemplate& one = *found.value();
    if (config.small == SmallCode::code128 ? one.small_bars.has_value()
                                           : one.small_code.has_value())
      continue;
    const std::string part = config.small == SmallCode::code128 ? "small_bars" : "small_code";
    return Error{"bad_config", "packbench.toml: label.scanner needs [" + part +
                                   "] in the label template " + one.name +
                                   "; add it there or choose another template"};
  }
  return std::nullopt;
}

}  // namespace packbench::host
