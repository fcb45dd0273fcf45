// LabelTemplate: where on the paper each part of a label stands, read from a TOML file
// (assets/labels/README.md describes it). All lengths are millimetres from the upper left corner,
// so that one template serves every print head. Value types and a pure parser; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "label/canvas.h"
#include "label/fields.h"
#include "label/style.h"

namespace packbench::label {

struct Area {
  double x = 0, y = 0, width = 0, height = 0;
};

// When a part is drawn at all.
struct Condition {
  std::optional<SmallCode> scanner;  // only for scanners that read this small code
  std::optional<FieldId> with;       // only where this text is not empty
  std::optional<FieldId> without;    // only where this text is empty
  bool gift = false;                 // only on gifts
};

struct TextPart {
  std::optional<FieldId> field;  // nothing: `fixed`
  std::string fixed;
  Area area;
  double size_max = 0, size_min = 0;  // of the em
  bool bold = false;
  bool plate = false;  // white on a black plate that fills the area
  int lines_max = 1;
  Align align = Align::left;
  Condition condition;
};

struct RulePart {
  Area area;
  Condition condition;
};

// Two lines of words below each symbol.
constexpr double kMarkWordsHeight = 6;

struct MarksPart {
  Area area;
  double side = 0;   // of a symbol
  double pitch = 0;  // from one symbol to the next
  Condition condition;
};

struct CodePart {
  Area area;
  double module_max = 0;  // width of the narrowest bar, or side of a dot
};

// card: goes into the box and has no codes.
enum class TemplateKind { label, card };

struct LabelTemplate {
  std::string name;  // of the file, without its ending
  TemplateKind kind = TemplateKind::label;
  double width = 0, height = 0;
  std::vector<std::string> carriers;  // that use it by themselves; empty: any of this size
  std::vector<TextPart> texts;
  std::vector<RulePart> rules;
  std::vector<MarksPart> marks;
  CodePart waybill;                    // Code 128
  std::optional<CodePart> small_code;  // QR
  std::optional<CodePart> small_bars;  // Code 128
  Area specimen;                       // across which SPECIMEN is written
};

// `name` is the file's name without its ending. Error bad_template names file, line and key.
Result<LabelTemplate> parse_template(std::string_view toml, const std::string& name);

// Its paper: "100x150" in millimetres; 4 by 6 inches are "4x6".
std::string paper_size(const LabelTemplate& of);

// The template for a carrier on paper of this size: the first that names the carrier, else the
// first that is for any. Nothing where there is none.
const LabelTemplate* choose_template(const std::vector<LabelTemplate>& all, std::string_view size,
                                     std::string_view carrier);

}  // namespace packbench::label
