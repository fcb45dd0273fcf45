// Checklist: which questions and which pack card a parcel gets, by rules from a data file
// (assets/checklists/default.json, format documented there). Pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "domain/order.h"
#include "domain/product.h"

namespace packbench {

struct Text {
  std::string zh;
  std::string en;
  bool operator==(const Text&) const = default;
};

// All conditions that are given must hold; an empty list or text gives none.
struct RuleCondition {
  std::vector<std::string> handling;  // any item has one of these marks
  std::vector<std::string> services;  // the order asks for one of these
  std::vector<std::string> provinces;
  std::vector<std::string> seasons;  // one of these is switched on in the configuration
  int audit_percent = 0;             // of orders, chosen by a hash of the order's key
  bool gift = false;
  bool note = false;  // a buyer's or seller's note is there
  bool insured = false;
  bool premium = false;
};

struct CheckRule {
  std::string id;
  RuleCondition when;
  Text prompt;
  int priority = 0;                    // the two highest are asked
  std::vector<std::string> materials;  // barcodes whose scan answers "pass"
  bool na_allowed = false;
};

struct CardRule {
  RuleCondition when;
  Text title;
  Text detail;
  std::string icon;
  int priority = 0;
};

struct Checklist {
  std::vector<CheckRule> checks;
  std::vector<CardRule> cards;
  std::vector<std::string> fail_reasons;
  const CheckRule* find(const std::string& id) const;
};

Result<Checklist> parse_checklist(const std::string& json);

// What the rules look at.
struct ChecklistSubject {
  std::vector<const Order*> orders;
  std::vector<const Product*> products;
  std::vector<std::string> seasons;
};

struct SelectedCheck {
  std::string id;
  bool blocks_print = false;  // gift and high value; else staging
};

// At most two, highest priority first.
std::vector<SelectedCheck> select_checks(const Checklist& list, const ChecklistSubject& subject);
// At most three lines of the pack card, as indexes into list.cards.
std::vector<std::size_t> select_cards(const Checklist& list, const ChecklistSubject& subject);

}  // namespace packbench
