// The [label] table of the configuration: what paper lies in the printer, what the print head and
// the scanner can do, and which template a carrier's label is drawn on. Plain values, pure
// functions.
#pragma once

#include <toml++/toml.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "host/config.h"
#include "label/template.h"

namespace packbench::host {

// What is printed without being asked for, keys gift_card and manifest, goes into the policy. Error
// bad_config names the key.
std::optional<Error> read_label(const toml::table& root, LabelConfig& label,
                                station::Policy& policy);

label::LabelStyle style_of(const LabelConfig& config, label::LabelLanguage language);

// The template of a carrier's labels. `named` wins over the configuration, and may be a card;
// empty: as configured. Error no_template names what there is.
Result<const label::LabelTemplate*> template_for(const LabelConfig& config,
                                                 const std::vector<label::LabelTemplate>& all,
                                                 const std::string& carrier,
                                                 const std::string& named = "");

// The first template of cards on the bench's paper. Error no_template says how to add one.
Result<const label::LabelTemplate*> card_template(const LabelConfig& config,
                                                  const std::vector<label::LabelTemplate>& all);

// Whether each label that this bench may have to draw has a template that fits its paper and
// scanner. Error bad_config.
std::optional<Error> check_templates(const LabelConfig& config,
                                     const std::vector<label::LabelTemplate>& all,
                                     const std::string& default_carrier);

}  // namespace packbench::host
