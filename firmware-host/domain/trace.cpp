#include "domain/trace.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace packbench {
namespace {

using nlohmann::json;

// A carrier's sentence is short; what is longer is cut before it is looked at.
constexpr std::size_t kTextMax = 2'000;

constexpr std::array<std::pair<TraceState, std::string_view>, 8> kWords{{
    {TraceState::unknown, "unknown"},
    {TraceState::picked_up, "picked_up"},
    {TraceState::in_transit, "in_transit"},
    {TraceState::hub, "hub"},
    {TraceState::out_for_delivery, "out_for_delivery"},
    {TraceState::delivered, "delivered"},
    {TraceState::failed, "failed"},
    {TraceState::returned, "returned"},
}};

constexpr std::array<std::string_view, 2> kBrackets = {"【", "】"};

bool begins_with_bracket(std::string_view text) {
  return std::any_of(kBrackets.begin(), kBrackets.end(),
                     [&](std::string_view bracket) { return text.starts_with(bracket); });
}

// Small letters without white space, so that neither makes a difference.
std::string plain(std::string_view text) {
  constexpr std::string_view kIdeographicSpace = "\u3000";
  std::string out;
  text = text.substr(0, kTextMax);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (text.substr(i).starts_with(kIdeographicSpace)) {
      i += kIdeographicSpace.size() - 1;
    } else if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if (c != ' ' && (c < '\t' || c > '\r')) {
      out += c;
    }
  }
  return out;
}

// From the beginning of `text`. Only the last star can still give way, for the earlier ones have
// already met the first place that fits: the time is the product of the lengths at most.
bool matches_here(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0;
  std::size_t star = std::string_view::npos, star_text = 0;
  while (p < pattern.size()) {
    if (pattern[p] == '*') {
      star = ++p;
      star_text = t;
    } else if (t < text.size() && text[t] == pattern[p]) {
      ++t;
      ++p;
    } else {
      if (star == std::string_view::npos || star_text >= text.size()) return false;
      if (begins_with_bracket(text.substr(star_text))) return false;
      t = ++star_text;
      p = star;
    }
  }
  return true;
}

std::vector<std::string> plain_list(const json& node, const char* key) {
  std::vector<std::string> out;
  for (const auto& text : node.value(key, std::vector<std::string>())) out.push_back(plain(text));
  return out;
}

Error bad_rule(std::size_t place, const std::string& what) {
  return {"bad_trace_rules", "rule " + std::to_string(place) + " of the trace rules " + what +
                                 " / 物流状态规则第 " + std::to_string(place) + " 条写得不对"};
}

bool is_empty_pattern(const std::string& pattern) {
  return pattern.find_first_not_of('*') == std::string::npos;
}

}  // namespace

std::string_view trace_word(TraceState state) {
  for (const auto& [each, word] : kWords) {
    if (each == state) return word;
  }
  return "unknown";
}

TraceState trace_state_of(std::string_view word) {
  for (const auto& [state, each] : kWords) {
    if (each == word) return state;
  }
  return TraceState::unknown;
}

bool has_pattern(std::string_view text, std::string_view pattern) {
  for (std::size_t from = 0; from <= text.size(); ++from) {
    if (matches_here(text.substr(from), pattern)) return true;
  }
  return false;
}

TraceState TraceRules::classify(std::string_view text, std::string_view status) const {
  const std::string said = plain(text), word = plain(status);
  for (const TraceRule& rule : rules_) {
    for (const std::string& pattern : rule.text) {
      if (has_pattern(said, pattern)) return rule.state;
    }
  }
  for (const TraceRule& rule : rules_) {
    if (std::find(rule.status.begin(), rule.status.end(), word) != rule.status.end())
      return rule.state;
  }
  return TraceState::unknown;
}

Result<TraceRules> parse_trace_rules(const std::string& text) {
  const json root = json::parse(text, nullptr, false);
  const json* rules = root.is_object() && root.contains("rules") ? &root["rules"] : nullptr;
  if (rules == nullptr || !rules->is_array())
    return Error{"bad_trace_rules",
                 "the trace rules are no JSON object with a list \"rules\" / "
                 "物流状态规则文件不是带 rules 列表的 JSON"};
  std::vector<TraceRule> out;
  for (const json& node : *rules) {
    const std::size_t place = out.size() + 1;
    try {
      TraceRule rule{trace_state_of(node.at("state").get<std::string>()), plain_list(node, "text"),
                     plain_list(node, "status")};
      if (rule.state == TraceState::unknown) return bad_rule(place, "has a state that is none");
      if (rule.text.empty() && rule.status.empty()) return bad_rule(place, "names no text");
      if (std::any_of(rule.text.begin(), rule.text.end(), is_empty_pattern))
        return bad_rule(place, "has a text that fits everything");
      out.push_back(std::move(rule));
    } catch (const json::exception&) {
      return bad_rule(place, "is not {\"state\", \"text\": [], \"status\": []}");
    }
  }
  return TraceRules(std::move(out));
}

}  // namespace packbench
