// Who may change what: every difference between two pictures needs somebody who caused it.
#include <algorithm>

#include "auditor.h"

namespace packbench::simulation {
namespace {

using Kinds = std::set<std::string>;

// Everything that comes and goes with the orders on the bench.
const Kinds work_kinds{"order",   "held",   "stopped", "gone",    "packed", "short",
                       "check",   "parcel", "index",   "weight",  "number", "carrier",
                       "attempt", "label",  "phase",   "quantity"};
const Kinds label_kinds{"number", "carrier", "attempt", "label", "phase"};

Kinds joined(Kinds a, const Kinds& b) {
  a.insert(b.begin(), b.end());
  return a;
}

// What an accepted action may change; a scan is looked at more closely.
const std::map<std::string, Kinds>& changed_by() {
  static const std::map<std::string, Kinds> table{
      {"sign-in", {"op", "phase", "wave"}},
      {"sign-out", {"op", "phase"}},
      {"close-shift", {"op", "phase"}},
      {"open", joined(work_kinds, {"parked", "wave"})},
      {"quantity", {"quantity"}},
      {"item", joined(label_kinds, {"packed", "quantity", "weight"})},
      {"short", work_kinds},
      {"damaged", {"packed", "weight", "phase"}},
      {"differs", {"packed", "weight", "phase"}},
      {"check", work_kinds},
      {"override", work_kinds},
      {"weight", work_kinds},
      // A box that is full and stands on the scale is weighed at once.
      {"next-parcel", joined(label_kinds, {"weight"})},
      {"print", label_kinds},
      {"printed", label_kinds},
      {"reprint", label_kinds},
      {"void", label_kinds},
      {"undo", {"packed", "weight", "phase"}},
      {"park", joined(work_kinds, {"parked"})},
      {"abandon", work_kinds},
      {"release", work_kinds},
      {"handover", {"manifest", "courier", "count"}},
      {"close-manifest", {"manifest", "courier", "count"}},
      {"confirm", {}},
      {"view", {}},
      {"cancel-order", work_kinds},
      {"accept-trace", {}},
      {"returned", {}},
      {"settle", {}},
      {"incident", {}},
  };
  return table;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

int value(const std::string& text) {
  return is_number(text) ? std::stoi(text) : 0;
}

}  // namespace

// An order that changed outside; what it had kept back may print now, or nothing is left to pack.
bool Auditor::by_news(const Change& change, const Picture& from, const Picture& to) const {
  const auto shown = from.subjects("order");
  const bool here = std::any_of(shown.begin(), shown.end(),
                                [&](const std::string& o) { return pending_.count(o) > 0; });
  if (!here) return false;
  if (label_kinds.count(change.kind) > 0 || change.kind == "weight") return true;
  // Stopped goods in the box: it has to be said that they are out.
  if (change.kind == "check" && change.subject == "take_out" && change.to == "open") return true;
  // The work may be over, and the scan may have opened the next one already, or one put aside.
  const bool over = std::none_of(shown.begin(), shown.end(), [&](const std::string& o) {
    return to.facts.count("order/" + o) > 0;
  });
  if (over && change.kind == "parked") {
    const auto now = to.subjects("order");
    return std::any_of(now.begin(), now.end(),
                       [&](const std::string& o) { return number_of_order(o) == change.subject; });
  }
  if (over) return work_kinds.count(change.kind) > 0;
  const Kinds kinds{"held", "stopped", "gone", "packed"};
  if (kinds.count(change.kind) == 0) return false;
  if (change.kind == "packed" && value(change.to) > value(change.from)) return false;
  const std::string order =
      change.subject.find('#') == std::string::npos ? change.subject : order_of(change.subject);
  return pending_.count(order) > 0;
}

// The printer's answers, and after a start the doubt about what was under way.
bool Auditor::by_progress(const Change& change, Cause cause, const Picture& from,
                          const Picture& to) const {
  const std::string number = from.get("number");
  const bool printing = from.get("label") == "printing" && number == to.get("number");
  if (change.kind == "label")
    return printing &&
           (change.to == "printed" || change.to == "unknown" || change.to == "allocated");
  if (change.kind == "phase") return printing;
  if (change.kind != "attempt" || cause != Cause::restart || !printing) return false;
  const auto label = labels_.find(number);
  const bool sent = label != labels_.end() && label->second.sent.count(value(change.from)) > 0;
  return !sent && value(change.to) == value(change.from) + 1;
}

bool Auditor::by_input(const Change& change, const Line& line, const Picture& from) const {
  if (line.dock && line.verb.empty())
    return change.kind == "count" && value(change.to) == value(change.from) + 1;
  if (line.dock && (line.verb == "undo" || line.verb == "refused-by-courier"))
    return change.kind == "count" && value(change.to) + 1 == value(change.from);
  if (line.dock && (line.verb == "sign-in" || line.verb == "sign-out")) return false;
  if (line.verb.empty()) {
    const bool idle = from.subjects("order").empty();
    if (from.get("op").empty())  // a badge
      return change.kind == "op" || change.kind == "phase" || change.kind == "wave";
    if (change.kind == "op") return false;
    if (change.kind == "phase") return true;
    if (idle)
      return work_kinds.count(change.kind) > 0 || change.kind == "parked" || change.kind == "wave";
    if (codes_.count(line.text) > 0) {
      if (change.kind == "packed") return value(change.to) > value(change.from);
      return label_kinds.count(change.kind) > 0 || change.kind == "quantity" ||
             change.kind == "weight";
    }
    if (materials_.count(line.text) > 0)
      return change.kind == "check" ? change.to == "pass" : work_kinds.count(change.kind) > 0;
    return !number_in(line.text).empty() && number_in(line.text) == from.get("number") &&
           work_kinds.count(change.kind) > 0;
  }
  const auto allowed = changed_by().find(line.verb);
  if (allowed == changed_by().end() || allowed->second.count(change.kind) == 0) return false;
  const bool ends = !change.from.empty() && change.to.empty();  // the whole work went
  if (change.kind == "packed" && line.verb != "item" && line.verb != "open" && !ends)
    return value(change.to) < value(change.from);
  if (change.kind == "check" && line.verb == "check" && !ends && change.to != "open")
    return !line.args.empty() && (line.args[0] == "*" || line.args[0] == change.subject);
  if (change.kind == "quantity" && line.verb == "quantity")
    return !line.args.empty() && change.to == line.args[0];
  return true;
}

void Auditor::explain(const Picture& from, const Picture& to, Cause cause, const Line* line) {
  for (const Change& change : changes(from, to)) {
    const bool untold = change.from == hidden || change.to == hidden;
    if (untold || by_progress(change, cause, from, to)) continue;
    if (by_news(change, from, to)) continue;
    if (line != nullptr && by_input(change, *line, from)) continue;
    const bool maybe = cause == Cause::restart &&
                       std::any_of(uncertain_.begin(), uncertain_.end(),
                                   [&](const Line& l) { return by_input(change, l, from); });
    if (maybe) continue;
    std::string why = "after a restart";
    if (cause == Cause::background) why = "without an input";
    if (cause == Cause::answer)
      why = line != nullptr ? "by " + line->text : "although refused: " + open_->text;
    violation("changed " + why + ": " + describe(change));
  }
}

// An accepted item counts exactly what it is worth, on lines of its own SKU.
void Auditor::exact_item(const Picture& from, const Picture& to, const Line& line) {
  if (line.dock || !pending_.empty()) return;
  const bool by_hand = line.verb == "item" && line.args.size() == 1;
  if (!line.verb.empty() && !by_hand) return;
  std::pair<std::string, int> worth{by_hand ? line.args[0] : "", 1};
  if (!by_hand) {
    const auto known = codes_.find(line.text);
    if (known == codes_.end()) return;
    worth = known->second;
  }
  const int due = worth.second * std::max(1, from.number("quantity"));
  int counted = 0;
  bool kit = false;
  for (const auto& [content, sku] : to.skus) {
    const int delta = to.number("packed/" + content) - from.number("packed/" + content);
    kit = kit || kits_.count(sku) > 0;
    if (kits_.count(sku) > 0) continue;
    if (delta != 0 && sku != worth.first) violation("packed another item: " + line.text);
    if (sku == worth.first) counted += delta;
  }
  if (to.skus.empty()) return violation("an item ended the work: " + line.text);
  if (counted != due && !(kit && counted < due))
    violation("an item counted " + std::to_string(counted) + " instead of " + std::to_string(due) +
              ": " + line.text);
}

}  // namespace packbench::simulation
