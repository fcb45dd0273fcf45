// What a buyer is told when a parcel is on its way, from a text that the shop can change. A
// placeholder is a name in braces:
//   {order} {shop} {carrier} {number} {time} {link} {days}
// A line of the text in which one of them has no value is left out. Pure functions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace packbench::exchange {

struct MessageValues {
  std::string order, shop, carrier, number, time, link, days;
};

class MessageTemplate {
 public:
  // `name` of the file, for the error: bad_message, an unknown placeholder by its name, an open
  // brace, or bytes that are not UTF-8.
  static Result<MessageTemplate> parse(std::string_view text, const std::string& name);
  // Empty where no line is left.
  std::string fill(const MessageValues& values) const;

 private:
  // Text and placeholders in turns, beginning with text.
  using Line = std::vector<std::string>;
  std::vector<Line> lines_;
};

// Where a number is followed, by carrier: "https://example.com/{number}"; "": of any other.
using TrackingLinks = std::map<std::string, std::string>;
// Error bad_links: not a JSON object of addresses with {number} in them.
Result<TrackingLinks> parse_tracking_links(const std::string& json, const std::string& name);
// Empty where none is known.
std::string tracking_link(const TrackingLinks& links, const std::string& carrier,
                          const std::string& number);

}  // namespace packbench::exchange
