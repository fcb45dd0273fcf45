#include "program/shipped.h"

#include "base/time_text.h"

namespace packbench::program {
namespace {

std::string file_of(const Places& places, const std::string& own, const char* shipped) {
  return own.empty() ? places.assets + "/messages/" + shipped : in_data(places.data, own);
}

}  // namespace

Result<Shipped> load_shipped(const Places& places, const host::Config& config) {
  Shipped loaded;
  const host::MessageConfig& message = config.message;
  const std::string links = file_of(places, message.links, "links.json");
  const auto text = read_file(links);
  if (!text) return text.error();
  auto parsed = exchange::parse_tracking_links(text.value(), links);
  if (!parsed) return parsed.error();
  loaded.links = std::move(parsed).value();
  if (!message.wanted) return loaded;
  const std::map<std::string, std::string> files{
      {"zh", file_of(places, message.zh, "shipped.zh.txt")},
      {"en", file_of(places, message.en, "shipped.en.txt")}};
  for (const auto& [language, file] : files) {
    const auto written = read_file(file);
    if (!written) return written.error();
    auto made = exchange::MessageTemplate::parse(written.value(), file);
    if (!made) return made.error();
    loaded.templates[language] = std::move(made).value();
  }
  return loaded;
}

std::map<std::string, std::string> shipped_message(const Shipped& shipped,
                                                   const host::Config& config,
                                                   const exchange::ConfirmationOut& confirmation) {
  const std::string& carrier = confirmation.carrier;
  const auto name = config.carrier_names.find(carrier);
  const auto days = config.message.days.find(carrier);
  const exchange::MessageValues values{
      confirmation.order.number,
      confirmation.order.shop,
      name == config.carrier_names.end() ? carrier : name->second,
      confirmation.number,
      format_local(confirmation.picked_up_at, config.policy.zone, "%Y-%m-%d %H:%M"),
      exchange::tracking_link(shipped.links, carrier, confirmation.number),
      days == config.message.days.end() ? "" : std::to_string(days->second)};
  std::map<std::string, std::string> message;
  for (const auto& [language, text] : shipped.templates) message[language] = text.fill(values);
  return message;
}

}  // namespace packbench::program
