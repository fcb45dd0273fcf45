#include "exchange/layout.h"

#include <iconv.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/time_text.h"
#include "exchange/csv.h"

namespace packbench::exchange {
namespace {

constexpr const char* kFields =
    "order platform shop parcel carrier carrier_code service number manifest picked_up_at "
    "released_at link message_zh message_en";
constexpr const char* kLocalTime = "%Y-%m-%d %H:%M:%S";

struct BadLayout {
  std::string what;
};

std::string text_of(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return "";
  if (!found->is_string()) throw BadLayout{std::string(key) + " must be a text"};
  return found->get<std::string>();
}

void check_keys(const nlohmann::json& object, const std::set<std::string>& known) {
  for (const auto& [key, value] : object.items()) {
    if (known.count(key) == 0) throw BadLayout{"there is no key " + key};
  }
}

bool is_field(const std::string& word) {
  return (" " + std::string(kFields) + " ").find(" " + word + " ") != std::string::npos;
}

LayoutColumn column_of(const nlohmann::json& json) {
  if (!json.is_object()) throw BadLayout{"each of columns must be an object"};
  check_keys(json, {"heading", "field", "text"});
  const LayoutColumn column{text_of(json, "heading"), text_of(json, "field"),
                            text_of(json, "text")};
  if (column.heading.empty()) throw BadLayout{"a column has no heading"};
  if (!column.field.empty() && !is_field(column.field))
    throw BadLayout{"there is no field " + column.field + "; the fields are " + kFields};
  return column;
}

Layout layout_of(const nlohmann::json& json) {
  if (!json.is_object()) throw BadLayout{"it is not a JSON object"};
  check_keys(json, {"encoding", "columns", "carriers", "note"});
  Layout layout;
  if (const std::string encoding = text_of(json, "encoding"); !encoding.empty())
    layout.encoding = encoding;
  if (layout.encoding != "utf-8" && layout.encoding != "utf-8-bom" && layout.encoding != "gb18030")
    throw BadLayout{"encoding must be one of utf-8 utf-8-bom gb18030"};
  const auto columns = json.find("columns");
  if (columns == json.end() || !columns->is_array() || columns->empty())
    throw BadLayout{"columns must be a list of {heading, field}"};
  for (const auto& column : *columns) layout.columns.push_back(column_of(column));
  const auto carriers = json.find("carriers");
  if (carriers == json.end()) return layout;
  if (!carriers->is_object()) throw BadLayout{"carriers must be an object of names by code"};
  for (const auto& [code, name] : carriers->items())
    layout.carriers[code] = text_of(*carriers, code.c_str());
  return layout;
}

std::string carrier_name(const Layout& layout, const LayoutContext& context,
                         const std::string& code) {
  for (const auto* names : {&layout.carriers, &context.carriers}) {
    const auto found = names->find(code);
    if (found != names->end()) return found->second;
  }
  return code;
}

std::string message_of(const ConfirmationOut& c, const char* language) {
  const auto found = c.message.find(language);
  return found == c.message.end() ? "" : found->second;
}

std::string value_of(const LayoutColumn& column, const Layout& layout, const ConfirmationOut& c,
                     const LayoutContext& context) {
  const std::string& field = column.field;
  if (field.empty()) return column.text;
  if (field == "order") return c.order.number;
  if (field == "platform") return c.order.platform;
  if (field == "shop") return c.order.shop;
  if (field == "parcel") return c.parcel;
  if (field == "carrier") return carrier_name(layout, context, c.carrier);
  if (field == "carrier_code") return c.carrier;
  if (field == "service") return c.service;
  if (field == "number") return c.number;
  if (field == "manifest") return c.manifest;
  if (field == "picked_up_at") return format_local(c.picked_up_at, context.zone, kLocalTime);
  if (field == "released_at") return format_local(c.released_at, context.zone, kLocalTime);
  if (field == "link") return tracking_link(context.links, c.carrier, c.number);
  return message_of(c, field == "message_zh" ? "zh" : "en");
}

std::string row_text(const std::vector<std::string>& fields) {
  std::string row;
  for (std::size_t i = 0; i < fields.size(); ++i) row += (i > 0 ? "," : "") + csv_field(fields[i]);
  return row + "\r\n";
}

Result<std::string> in_gb18030(std::string text) {
  const iconv_t converter = ::iconv_open("GB18030", "UTF-8");
  // NOLINTNEXTLINE: that is how iconv says it
  if (converter == reinterpret_cast<iconv_t>(-1))
    return Error{"bad_encoding",
                 "this machine cannot write GB18030; install libc-bin and libc6 again, or set "
                 "encoding to utf-8-bom in the layout"};
  std::string out(text.size() * 4, '\0');
  char* from = text.data();
  char* to = out.data();
  std::size_t left = text.size();
  std::size_t room = out.size();
  const std::size_t result = ::iconv(converter, &from, &left, &to, &room);
  ::iconv_close(converter);
  if (result == static_cast<std::size_t>(-1) || left > 0)
    return Error{"bad_encoding",
                 "a character of a confirmation has no place in GB18030; set encoding to "
                 "utf-8-bom in the layout"};
  out.resize(out.size() - room);
  return out;
}

}  // namespace

Result<Layout> parse_layout(const std::string& json, const std::string& name) {
  try {
    return layout_of(nlohmann::json::parse(json, nullptr, false));
  } catch (const BadLayout& bad) {
    return Error{"bad_layout", name + ": " + bad.what + "; mend it, nothing was written"};
  }
}

Result<std::string> layout_text(const Layout& layout,
                                const std::vector<ConfirmationOut>& confirmations,
                                const LayoutContext& context) {
  std::vector<std::string> fields;
  for (const LayoutColumn& column : layout.columns) fields.push_back(column.heading);
  std::string text = row_text(fields);
  for (const ConfirmationOut& each : confirmations) {
    fields.clear();
    for (const LayoutColumn& column : layout.columns)
      fields.push_back(value_of(column, layout, each, context));
    text += row_text(fields);
  }
  if (layout.encoding == "gb18030") return in_gb18030(std::move(text));
  return (layout.encoding == "utf-8-bom" ? "\xEF\xBB\xBF" : "") + text;
}

}  // namespace packbench::exchange
