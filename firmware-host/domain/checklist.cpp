#include "domain/checklist.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace packbench {
namespace {

using nlohmann::json;

Text text_of(const json& node) {
  return {node.value("zh", std::string()), node.value("en", std::string())};
}

RuleCondition condition_of(const json& node) {
  RuleCondition c;
  c.handling = node.value("handling", std::vector<std::string>());
  c.services = node.value("services", std::vector<std::string>());
  c.provinces = node.value("provinces", std::vector<std::string>());
  c.seasons = node.value("seasons", std::vector<std::string>());
  c.audit_percent = node.value("audit_percent", 0);
  c.gift = node.value("gift", false);
  c.note = node.value("note", false);
  c.insured = node.value("insured", false);
  c.premium = node.value("premium", false);
  return c;
}

CheckRule check_of(const json& node) {
  CheckRule rule;
  rule.id = node.at("id");
  rule.when = condition_of(node.value("when", json::object()));
  rule.prompt = text_of(node.at("prompt"));
  rule.priority = node.value("priority", 0);
  rule.materials = node.value("materials", std::vector<std::string>());
  rule.na_allowed = node.value("na_allowed", false);
  return rule;
}

CardRule card_of(const json& node) {
  CardRule rule;
  rule.when = condition_of(node.value("when", json::object()));
  rule.title = text_of(node.at("title"));
  rule.detail = text_of(node.value("detail", json::object()));
  rule.icon = node.value("icon", std::string("box"));
  rule.priority = node.value("priority", 0);
  return rule;
}

bool contains(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string_view service_word(Service service) {
  switch (service) {
    case Service::next_day:
      return "next_day";
    case Service::same_day:
      return "same_day";
    case Service::door:
      return "door";
    case Service::standard:
      break;
  }
  return "standard";
}

// FNV-1a: the same order is audited on every bench and in every replay.
std::uint32_t share_of(const OrderKey& key) {
  std::uint32_t hash = 2166136261U;
  for (const std::string* part : {&key.platform, &key.shop, &key.number}) {
    for (const char c : *part) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return hash % 100;
}

bool any_handling(const ChecklistSubject& subject, const std::vector<std::string>& wanted) {
  for (const Product* product : subject.products) {
    for (const std::string& mark : product->handling) {
      if (contains(wanted, mark)) return true;
    }
  }
  return false;
}

template <class Predicate>
bool any_order(const ChecklistSubject& subject, Predicate predicate) {
  return std::any_of(subject.orders.begin(), subject.orders.end(),
                     [&](const Order* order) { return predicate(*order); });
}

bool is_gift(const Order& order) {
  return order.gift || std::any_of(order.lines.begin(), order.lines.end(),
                                   [](const OrderLine& line) { return line.gift; });
}

bool holds(const RuleCondition& c, const ChecklistSubject& subject) {
  if (!c.handling.empty() && !any_handling(subject, c.handling)) return false;
  if (!c.services.empty() && !any_order(subject, [&](const Order& o) {
        return contains(c.services, std::string(service_word(o.service)));
      }))
    return false;
  if (!c.provinces.empty() &&
      !any_order(subject, [&](const Order& o) { return contains(c.provinces, o.province); }))
    return false;
  if (!c.seasons.empty() && std::none_of(subject.seasons.begin(), subject.seasons.end(),
                                         [&](const auto& s) { return contains(c.seasons, s); }))
    return false;
  if (c.audit_percent > 0 && !any_order(subject, [&](const Order& o) {
        return share_of(o.key) < static_cast<std::uint32_t>(c.audit_percent);
      }))
    return false;
  if (c.gift && !any_order(subject, is_gift)) return false;
  if (c.note &&
      !any_order(subject, [](const Order& o) { return o.has_buyer_note || o.has_seller_note; }))
    return false;
  if (c.insured && !any_order(subject, [](const Order& o) { return o.insured_value.has_value(); }))
    return false;
  if (c.premium && std::none_of(subject.products.begin(), subject.products.end(),
                                [](const Product* p) { return p->packaging == "premium"; }))
    return false;
  return true;
}

template <class Rule>
std::vector<std::size_t> matching(const std::vector<Rule>& rules, const ChecklistSubject& subject,
                                  std::size_t at_most) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (holds(rules[i].when, subject)) found.push_back(i);
  }
  std::stable_sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
    return rules[a].priority > rules[b].priority;
  });
  if (found.size() > at_most) found.resize(at_most);
  return found;
}

}  // namespace

const CheckRule* Checklist::find(const std::string& id) const {
  for (const CheckRule& rule : checks) {
    if (rule.id == id) return &rule;
  }
  return nullptr;
}

Result<Checklist> parse_checklist(const std::string& text) {
  try {
    const json root = json::parse(text);
    Checklist list;
    for (const json& node : root.at("checks")) list.checks.push_back(check_of(node));
    for (const json& node : root.at("pack_card")) list.cards.push_back(card_of(node));
    list.fail_reasons = root.value("fail_reasons", std::vector<std::string>());
    return list;
  } catch (const json::exception& e) {
    return Error{"bad_format", std::string("the checklist is not readable: ") + e.what()};
  }
}

std::vector<SelectedCheck> select_checks(const Checklist& list, const ChecklistSubject& subject) {
  const bool blocks_print = any_order(subject, is_gift) || any_handling(subject, {"high_value"});
  std::vector<SelectedCheck> out;
  for (const std::size_t i : matching(list.checks, subject, 2))
    out.push_back({list.checks[i].id, blocks_print});
  return out;
}

std::vector<std::size_t> select_cards(const Checklist& list, const ChecklistSubject& subject) {
  return matching(list.cards, subject, 3);
}

}  // namespace packbench
