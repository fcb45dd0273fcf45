#include "exchange/shipped_message.h"

#include <nlohmann/json.hpp>

#include "base/utf8.h"

namespace packbench::exchange {
namespace {

constexpr const char* kKnown = "{order} {shop} {carrier} {number} {time} {link} {days}";
constexpr std::string_view kNumber = "{number}";

const std::map<std::string_view, std::string MessageValues::*>& fields() {
  static const std::map<std::string_view, std::string MessageValues::*> table{
      {"order", &MessageValues::order},     {"shop", &MessageValues::shop},
      {"carrier", &MessageValues::carrier}, {"number", &MessageValues::number},
      {"time", &MessageValues::time},       {"link", &MessageValues::link},
      {"days", &MessageValues::days}};
  return table;
}

Error bad_message(const std::string& name, const std::string& what) {
  return {"bad_message", name + ": " + what + "; what may stand there is " + kKnown};
}

// Letters, digits and what an address may hold besides; a number is none of our choosing.
std::string percent_encoded(const std::string& text) {
  constexpr const char* digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain)
      out += c;
    else
      out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

}  // namespace

Result<MessageTemplate> MessageTemplate::parse(std::string_view text, const std::string& name) {
  if (!is_utf8(text)) return bad_message(name, "the text is not UTF-8");
  MessageTemplate made;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at = end + 1;
    Line parts;
    while (true) {
      const std::size_t open = line.find('{');
      parts.emplace_back(line.substr(0, open));
      if (open == std::string_view::npos) break;
      const std::size_t close = line.find('}', open);
      if (close == std::string_view::npos) return bad_message(name, "a { without its }");
      const std::string_view placeholder = line.substr(open + 1, close - open - 1);
      if (fields().count(placeholder) == 0)
        return bad_message(name, "there is no {" + std::string(placeholder) + "}");
      parts.emplace_back(placeholder);
      line.remove_prefix(close + 1);
    }
    made.lines_.push_back(std::move(parts));
  }
  return made;
}

std::string MessageTemplate::fill(const MessageValues& values) const {
  std::string text;
  for (const Line& line : lines_) {
    std::string filled;
    bool whole = true;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string& part = i % 2 == 0 ? line[i] : values.*fields().at(line[i]);
      whole = whole && (i % 2 == 0 || !part.empty());
      filled += part;
    }
    if (whole) text += filled + "\n";
  }
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

Result<TrackingLinks> parse_tracking_links(const std::string& json, const std::string& name) {
  const Error bad{"bad_links", name +
                                   " must be a JSON object such as {\"SF\": "
                                   "\"https://example.com/{number}\"}, \"\" for any other "
                                   "carrier; mend it"};
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_object()) return bad;
  TrackingLinks links;
  for (const auto& [carrier, link] : parsed.items()) {
    if (!link.is_string()) return bad;
    links[carrier] = link.get<std::string>();
    if (links[carrier].find(kNumber) == std::string::npos) return bad;
  }
  return links;
}

std::string tracking_link(const TrackingLinks& links, const std::string& carrier,
                          const std::string& number) {
  auto found = links.find(carrier);
  if (found == links.end()) found = links.find("");
  if (found == links.end()) return "";
  std::string link = found->second;
  return link.replace(link.find(kNumber), kNumber.size(), percent_encoded(number));
}

}  // namespace packbench::exchange
