#include "host/delivery_config.h"

#include <array>
#include <string_view>

namespace packbench::host {
namespace {

// Without TLS only to a program on this machine.
bool is_address(const std::string& url) {
  if (url.starts_with("https://")) return url.size() > 8;
  constexpr std::array<std::string_view, 3> here{"http://127.0.0.1", "http://localhost",
                                                 "http://[::1]"};
  for (const std::string_view prefix : here) {
    if (!url.starts_with(prefix)) continue;
    const char next = url.size() > prefix.size() ? url[prefix.size()] : '/';
    return next == '/' || next == ':';
  }
  return false;
}

void read_seconds(Section& s, const char* key, std::int64_t most, Duration& out) {
  std::int64_t seconds = out.us / Duration::seconds(1).us;
  s.read(key, seconds, "a number of seconds");
  if (seconds < 1 || seconds > most) s.fail(key, "1 to " + std::to_string(most));
  out = Duration::seconds(seconds);
}

// What both have that speak to a server.
template <class Table>
void read_server(Section& s, Table& server) {
  s.read("url", server.url, "an address");
  s.read("secret_file", server.secret_file, "a file");
  s.read("ca_file", server.ca_file, "a file");
  read_seconds(s, "timeout_s", 600, server.timeout);
  if (!server.url.empty() && !is_address(server.url))
    s.fail("url", "an address that begins with https://; http:// only to 127.0.0.1 or localhost");
}

}  // namespace

std::optional<Error> read_delivery(const toml::table* table, const KeyPlaces& places,
                                   DeliveryConfig& delivery) {
  Section s(table, "delivery");
  read_server(s, delivery);
  if (!delivery.url.empty() && delivery.secret_file.empty())
    s.fail("secret_file", "a file with the secret that confirmations are signed with");
  return s.finish(places);
}

std::optional<Error> read_trace_poll(const toml::table* table, const KeyPlaces& places,
                                     TracePollConfig& traces) {
  Section s(table, "traces");
  read_server(s, traces);
  read_seconds(s, "interval_s", 86'400, traces.interval);
  return s.finish(places);
}

std::optional<Error> read_message(const toml::table* table, const KeyPlaces& places,
                                  MessageConfig& message) {
  Section s(table, "message");
  choose<bool>(s, "shipped", message.wanted, {{"send", true}, {"none", false}});
  s.read("zh", message.zh, "a file");
  s.read("en", message.en, "a file");
  s.read("links", message.links, "a file");
  s.know("days");
  if (auto error = s.finish(places)) return error;
  const toml::node* node = table == nullptr ? nullptr : table->get("days");
  if (node == nullptr) return std::nullopt;
  if (!node->is_table())
    return bad_config("message.days", "written as [message.days]", line_of(node));
  for (const auto& [key, value] : *node->as_table()) {
    const auto days = value.value<std::int64_t>();
    if (!days || *days < 1 || *days > 90)
      return bad_config("message.days." + std::string(key.str()), "1 to 90 days", line_of(&value));
    message.days[std::string(key.str())] = *days;
  }
  return std::nullopt;
}

}  // namespace packbench::host
