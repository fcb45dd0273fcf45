#include "program/label_templates.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "host/label_config.h"

namespace packbench::program {
namespace {

Status add_folder(const std::string& folder, std::vector<label::LabelTemplate>& all) {
  std::vector<std::filesystem::path> files;
  std::error_code absent;
  for (std::filesystem::directory_iterator at(folder, absent), end; !absent && at != end;
       at.increment(absent)) {
    if (at->path().extension() == ".toml") files.push_back(at->path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    const auto text = read_file(file.string());
    if (!text) return text.error();
    auto one = label::parse_template(text.value(), file.stem().string());
    if (!one) return one.error();
    all.push_back(std::move(one).value());
  }
  return Ok{};
}

}  // namespace

Result<std::vector<label::LabelTemplate>> load_templates(const Places& places) {
  std::vector<label::LabelTemplate> all;
  for (const std::string& folder : {places.data + "/templates", places.assets + "/labels"}) {
    if (const Status added = add_folder(folder, all); !added) return added.error();
  }
  return all;
}

Result<label::Label> draw_label(const host::LabelConfig& config,
                                const std::vector<label::LabelTemplate>& all,
                                const label::LabelContent& content, label::LabelLanguage language,
                                const std::string& named) {
  const auto on = host::template_for(config, all, content.carrier, named);
  if (!on) return on.error();
  const auto style = host::style_of(config, language);
  return on.value()->kind == label::TemplateKind::card
             ? label::make_card(content, *on.value(), style)
             : label::make_label(content, *on.value(), style);
}

Result<label::Label> draw_card(const host::LabelConfig& config,
                               const std::vector<label::LabelTemplate>& all,
                               const label::LabelContent& content, label::LabelLanguage language) {
  const auto on = host::card_template(config, all);
  if (!on) return on.error();
  return label::make_card(content, *on.value(), host::style_of(config, language));
}

}  // namespace packbench::program
