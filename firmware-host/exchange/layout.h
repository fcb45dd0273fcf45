// Layout: the table in which a platform or a program wants confirmations, as data that a shop can
// mend (assets/layouts; its README tells the fields). Pure functions.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/confirmation.h"
#include "exchange/shipped_message.h"

namespace packbench::exchange {

struct LayoutColumn {
  std::string heading;
  std::string field;  // empty: `text` in every row
  std::string text;
};
struct Layout {
  std::string encoding = "utf-8-bom";  // utf-8 | utf-8-bom | gb18030
  std::vector<LayoutColumn> columns;
  std::map<std::string, std::string> carriers;  // names that the platform knows, by our code
};

// `name` of the file, for the error bad_layout, which says what stands wrong.
Result<Layout> parse_layout(const std::string& json, const std::string& name);

// What a field may need besides the confirmation.
struct LayoutContext {
  std::string zone;
  TrackingLinks links;
  std::map<std::string, std::string> carriers;  // the bench's own names, after the layout's
};

// CSV (RFC 4180) with a header, one row for each confirmation, in the layout's encoding. Error
// bad_encoding where this machine cannot write it.
Result<std::string> layout_text(const Layout& layout,
                                const std::vector<ConfirmationOut>& confirmations,
                                const LayoutContext& context);

}  // namespace packbench::exchange
