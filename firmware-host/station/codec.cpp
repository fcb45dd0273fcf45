#include "station/codec.h"

#include <fmt/format.h>

#include <array>
#include <exception>
#include <utility>

#include "station/record_json.h"

namespace packbench::station {
namespace {

using Json = nlohmann::json;

template <class T>
Payload read(const Json& json) {
  return json.get<T>();
}

struct Kind {
  std::string_view word;
  Payload (*read)(const Json&);
};

template <std::size_t... I>
constexpr auto make_kinds(std::index_sequence<I...>) {
  return std::array<Kind, sizeof...(I)>{
      Kind{kind_word(static_cast<std::variant_alternative_t<I, Payload>*>(nullptr)),
           &read<std::variant_alternative_t<I, Payload>>}...};
}

// In the order of the variant, so that a payload's index is its row.
constexpr auto kinds = make_kinds(std::make_index_sequence<std::variant_size_v<Payload>>());

}  // namespace

std::string_view kind_of(const Payload& payload) {
  return kinds[payload.index()].word;
}

// A byte that is not UTF-8 becomes U+FFFD: a scanner may send anything, and JSON is text.
std::string encode(const Payload& payload) {
  const Json json = std::visit([](const auto& each) { return Json(each); }, payload);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Payload> decode(std::string_view kind, int version, std::string_view bytes) {
  if (version > record_version) {
    return Error{"newer_record",
                 fmt::format("a record of kind {} has version {}, this program knows {}: use the "
                             "newer program that wrote it",
                             kind, version, record_version)};
  }
  for (const Kind& each : kinds) {
    if (each.word != kind) continue;
    try {
      return each.read(Json::parse(bytes));
    } catch (const std::exception& problem) {
      return Error{"bad_record",
                   fmt::format("a record of kind {} cannot be read: run packbench verify", kind)};
    }
  }
  return Error{"unknown_kind",
               fmt::format("records of kind {} are unknown to this program: use the newer program "
                           "that wrote them",
                           kind)};
}

}  // namespace packbench::station
