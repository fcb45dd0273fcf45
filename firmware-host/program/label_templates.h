// The label templates that a bench can choose from.
#pragma once

#include <vector>

#include "base/result.h"
#include "label/label.h"
#include "label/template.h"
#include "program/bench.h"

namespace packbench::program {

// The seller's own (folder templates in the data directory) before the program's (assets/labels),
// each by name. A file that is no template is an error: bad_template, io_error.
Result<std::vector<label::LabelTemplate>> load_templates(const Places& places);

// `content` on the template of its carrier, or on the one of this name.
Result<label::Label> draw_label(const host::LabelConfig& config,
                                const std::vector<label::LabelTemplate>& all,
                                const label::LabelContent& content, label::LabelLanguage language,
                                const std::string& named = "");

// `content` on the first card template for the bench's paper. Error no_template.
Result<label::Label> draw_card(const host::LabelConfig& config,
                               const std::vector<label::LabelTemplate>& all,
                               const label::LabelContent& content, label::LabelLanguage language);

}  // namespace packbench::program
