#include "auditor_picture.h"

#include <nlohmann/json.hpp>

namespace packbench::simulation {
namespace {

using nlohmann::json;

constexpr std::size_t left_shown = 50;

std::string word(const json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "";
  return value.dump();
}

void put(Picture& picture, const std::string& path, const std::string& value) {
  if (!value.empty()) picture.facts[path] = value;
}

void read_orders(const json& orders, Picture& picture) {
  for (const json& order : orders) {
    const std::string key =
        word(order.at("platform")) + "/" + word(order.at("shop")) + "/" + word(order.at("number"));
    put(picture, "order/" + key, "yes");
    put(picture, "held/" + key, word(order.at("held")));
    put(picture, "stopped/" + key, word(order.at("stopped")));
    for (const json& line : order.at("lines")) {
      const std::string at = key + "#" + word(line.at("line"));
      picture.skus[at] = word(line.at("sku"));
      picture.ordered[at] = line.at("ordered").get<int>();
      if (line.at("packed").get<int>() != 0) put(picture, "packed/" + at, word(line.at("packed")));
      if (line.at("short").get<int>() != 0) put(picture, "short/" + at, word(line.at("short")));
      put(picture, "gone/" + at, word(line.at("stopped")));
    }
  }
}

// A parcel that was staged just now is shown once more; it is not on the bench any longer.
void read_parcel(const json& answer, Picture& picture) {
  const json& parcel = answer.at("parcel");
  if (parcel.is_null() || parcel.at("state") == "staged") return;
  put(picture, "parcel", word(parcel.at("id")));
  put(picture, "index", word(parcel.at("index")));
  put(picture, "weight", word(parcel.at("weight_g")));
  for (const json& check : answer.at("checks"))
    picture.facts["check/" + word(check.at("id"))] =
        check.at("answer").is_null() ? "open" : word(check.at("answer"));
  const json& waybill = answer.at("waybill");
  if (waybill.is_null()) return;
  put(picture, "number", word(waybill.at("number")));
  put(picture, "carrier", word(waybill.at("carrier")));
  put(picture, "attempt", word(waybill.at("attempt")));
  put(picture, "label", word(waybill.at("state")));
}

void read_manifest(const json& manifest, Picture& picture) {
  if (manifest.is_null()) return;
  put(picture, "manifest", word(manifest.at("id")));
  put(picture, "courier", word(manifest.at("carrier")));
  put(picture, "count", word(manifest.at("count")));
  for (const json& number : manifest.at("left")) picture.left.insert(word(number));
  picture.all_left = picture.left.size() < left_shown;
}

}  // namespace

std::string Picture::get(const std::string& path) const {
  const auto found = facts.find(path);
  return found == facts.end() ? "" : found->second;
}

int Picture::number(const std::string& path) const {
  const std::string text = get(path);
  return text.empty() ? 0 : std::stoi(text);
}

std::vector<std::string> Picture::subjects(const std::string& kind) const {
  std::vector<std::string> out;
  const std::string prefix = kind + "/";
  for (auto it = facts.lower_bound(prefix); it != facts.end(); ++it) {
    if (it->first.compare(0, prefix.size(), prefix) != 0) break;
    out.push_back(it->first.substr(prefix.size()));
  }
  return out;
}

Answer read_answer(const std::string& text, const Picture& before) {
  const json parsed = json::parse(text);
  Answer answer;
  answer.accepted = parsed.at("accepted").get<bool>();
  answer.dock = parsed.at("lane") == "dock";
  if (!parsed.at("alert").is_null()) answer.alert = word(parsed.at("alert").at("code"));
  Picture& picture = answer.picture;
  if (parsed.at("phase") == "handover") {
    put(picture, "op", before.get("op"));
    put(picture, "phase", hidden);
  } else {
    if (!parsed.at("operator").is_null())
      put(picture, "op", word(parsed.at("operator").at("badge")));
    put(picture, "phase", word(parsed.at("phase")));
  }
  put(picture, "quantity", word(parsed.at("quantity")));
  put(picture, "wave", word(parsed.at("wave")));
  for (const json& number : parsed.at("parked")) put(picture, "parked/" + word(number), "yes");
  read_orders(parsed.at("orders"), picture);
  read_parcel(parsed, picture);
  read_manifest(parsed.at("manifest"), picture);
  return answer;
}

std::vector<Change> changes(const Picture& from, const Picture& to) {
  std::vector<Change> out;
  const auto add = [&](const std::string& path, const std::string& a, const std::string& b) {
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos)
      out.push_back({path, "", a, b});
    else
      out.push_back({path.substr(0, slash), path.substr(slash + 1), a, b});
  };
  for (const auto& [path, value] : from.facts) {
    const std::string now = to.get(path);
    if (now != value) add(path, value, now);
  }
  for (const auto& [path, value] : to.facts) {
    if (from.facts.count(path) == 0) add(path, "", value);
  }
  return out;
}

std::string describe(const Change& change) {
  const std::string what =
      change.subject.empty() ? change.kind : change.kind + " " + change.subject;
  return what + " '" + change.from + "' -> '" + change.to + "'";
}

std::string order_of(const std::string& content) {
  return content.substr(0, content.rfind('#'));
}

std::string number_of_order(const std::string& order) {
  return order.substr(order.rfind('/') + 1);
}

}  // namespace packbench::simulation
