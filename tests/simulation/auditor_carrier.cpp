// After the dock: what carriers report, what is taken for a pickup because of it, and in which list
// each parcel has to stand, with what it costs if it is late. Worked out here from what the auditor
// saw, by the rules that platforms write down, and held against the bench's own lists.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "auditor.h"

namespace packbench::simulation {
namespace {

constexpr std::int64_t hour_us = 3'600'000'000;
constexpr std::int64_t promise_us = 48 * hour_us;   // from payment
constexpr std::int64_t trace_us = 24 * hour_us;     // from confirmation, and from pickup to a hub
constexpr std::int64_t too_close_us = 120'000'000;  // to call it early or late
constexpr const char* accepted_one = "accepted";    // for a manifest
constexpr std::int64_t least_fen = 500, most_fen = 50'000;

constexpr std::int64_t better_service_fen = 1'000;

// 30 % of what was paid, to the nearest fen, at least 5 yuan, at most 500; a better service than
// the standard one is missed with the promise.
std::int64_t late_costs(std::int64_t paid_fen, bool better_service) {
  return std::clamp((paid_fen * 3 + 5) / 10, least_fen, most_fen) +
         (better_service ? better_service_fen : 0);
}

bool is_near(std::int64_t a, std::int64_t b) {
  return a - b < too_close_us && b - a < too_close_us;
}

}  // namespace

void Auditor::reported(const std::string& number, const std::string& state, std::int64_t at_us) {
  Reports& reports = reports_[number];
  const auto take = [&](std::optional<std::int64_t>& time) {
    if (!time || at_us < *time) time = at_us;
  };
  take(reports.first);
  if (state == "picked_up") take(reports.picked_up);
  if (state == "hub" || state == "delivered" || state == "returned") take(reports.hub);
  if (state == "returned") take(reports.returned);
}

std::vector<Auditor::StagedBox> Auditor::staged() const {
  std::vector<StagedBox> boxes;
  for (const auto& [id, parcel] : parcels_)
    boxes.push_back({parcel.number, parcel.carrier, parcel.staged_us});
  return boxes;
}

// The carrier's word counts for a pickup where a supervisor says so, and not without it.
void Auditor::accept_trace(const Line& line) {
  const Parcel* known = line.args.empty() ? nullptr : scanned_parcel(line.args[0]);
  if (known == nullptr) return violation("accepted for no parcel: " + line.text);
  const std::string id = labels_[known->number].parcel;
  Parcel& parcel = parcels_[id];
  if (parcel.manifest == accepted_one) return;
  const auto reports = reports_.find(parcel.number);
  if (reports == reports_.end() || !reports->second.picked_up)
    violation("accepted without a carrier's report: " + id);
  if (picture_.get("op") != "9001") violation("accepted by nobody who may: " + id);
  if (!parcel.manifest.empty()) return violation("picked up twice: " + id);
  if (parcel.voided) violation("a void parcel was accepted as picked up: " + id);
  take_along(id, accepted_one);
  ++accepted_;
  parcel.picked_us = reports == reports_.end() ? std::nullopt : reports->second.picked_up;
  parcel.closed = true;
  parcel.closed_us = now_us_;
  for (const auto& [content, pieces] : parcel.contents) {
    const std::string order = order_of(content);
    if (may_be_released(parcel, order)) released_.insert(id + "/" + order);
  }
}

// A file tells that this parcel is gone: by an acceptance that nobody was answered, or by the one
// that is being answered.
void Auditor::tell_accepted(const std::string& id) {
  const auto parcel = parcels_.find(id);
  if (parcel == parcels_.end() || !parcel->second.manifest.empty()) return;
  const auto maybe = maybe_accepted_.find(id);
  if (maybe != maybe_accepted_.end()) return accept_trace(Line(maybe->second));
  if (!open_ || open_->verb != "accept-trace" || open_->args.empty()) return;
  if (scanned_parcel(open_->args[0]) == &parcel->second) accept_trace(*open_);
}

// The parcel that came back or was written off: by a command, or by its label at the bench.
const Auditor::Parcel* Auditor::looked_after(const Line& line) const {
  if (line.verb == "returned" || line.verb == "settle")
    return line.args.empty() ? nullptr : scanned_parcel(line.args[0]);
  if (!line.verb.empty() || line.dock) return nullptr;
  const Parcel* scanned = scanned_parcel(line.text);
  return scanned != nullptr && scanned->closed ? scanned : nullptr;
}

void Auditor::follow_afterwards(const Line& line) {
  if (line.verb == "accept-trace") return accept_trace(line);
  const Parcel* known = looked_after(line);
  if (known != nullptr) parcels_[labels_[known->number].parcel].seen_to = true;
}

// Nobody was answered, and no picture tells what came of it. Of an acceptance a file will, or
// another pickup.
void Auditor::doubt_afterwards(const Line& line) {
  const bool accepts = line.verb == "accept-trace" && !line.args.empty();
  const Parcel* known = accepts ? scanned_parcel(line.args[0]) : looked_after(line);
  if (known == nullptr) return;
  const bool maybe_gone = accepts && known->manifest.empty();
  if (maybe_gone) maybe_accepted_.insert_or_assign(labels_[known->number].parcel, line);
  for (const auto& [content, pieces] : known->contents) {
    touched_ever_.insert(order_of(content));
    if (maybe_gone) doubtful_.insert(order_of(content));
  }
}

// Which list a parcel has to stand in by now; nothing where it is too close to call, or where news
// and restarts make it somebody else's question.
std::optional<std::string> Auditor::list_of(const Parcel& parcel) const {
  const auto found = reports_.find(parcel.number);
  const Reports reports = found == reports_.end() ? Reports{} : found->second;
  const auto late = [&](std::int64_t since) { return now_us_ > since + trace_us; };
  const auto close = [&](std::int64_t since) { return is_near(now_us_, since + trace_us); };
  if (parcel.seen_to) return "done";
  if (parcel.manifest.empty()) {
    std::int64_t due = INT64_MAX;
    for (const auto& [content, pieces] : parcel.contents)
      due = std::min(due, prices_.at(order_of(content)).paid_us + promise_us);
    if (reports.first) return "waiting";
    if (is_near(due, now_us_)) return std::nullopt;
    return now_us_ > due ? "not_collected" : "waiting";
  }
  if (reports.returned) return "returning";
  if (reports.hub) return parcel.closed ? "done" : "recorded";
  const std::optional<std::int64_t> gone = reports.picked_up ? reports.picked_up : parcel.picked_us;
  if (!gone) return std::nullopt;
  if (reports.first) {
    if (close(*gone)) return std::nullopt;
    return late(*gone) ? "lost" : "recorded";
  }
  if (!parcel.closed) return "pending";
  if (!parcel.closed_us || close(*parcel.closed_us)) return std::nullopt;
  return late(*parcel.closed_us) ? "number_wrong" : "pending";
}

// What its orders cost as long as the carrier has not shown that the promise was kept.
std::int64_t Auditor::at_risk(const Parcel& parcel) const {
  const auto found = reports_.find(parcel.number);
  std::set<std::string> orders;
  for (const auto& [content, pieces] : parcel.contents) orders.insert(order_of(content));
  std::int64_t fen = 0;
  for (const std::string& order : orders) {
    const Price& price = prices_.at(order);
    const bool kept = found != reports_.end() && found->second.picked_up &&
                      *found->second.picked_up <= price.paid_us + promise_us;
    if (!kept) fen += late_costs(price.fen, price.better_service);
  }
  return fen;
}

// `rows`: what the bench lists, one JSON object a line.
void Auditor::listed(const std::string& rows) {
  std::map<std::string, std::pair<std::string, std::int64_t>> listed;
  std::set<std::string> to_pack;
  std::istringstream lines(rows);
  for (std::string row; std::getline(lines, row);) {
    const auto parsed = nlohmann::json::parse(row);
    const auto& key = parsed.at("orders").at(0);
    if (parsed.at("parcel").is_null()) {
      to_pack.insert(key.at("platform").get<std::string>() + "/" +
                     key.at("shop").get<std::string>() + "/" + key.at("number").get<std::string>());
      continue;
    }
    const std::int64_t fen =
        parsed.at("money").is_null() ? 0 : parsed.at("money").at("minor").get<std::int64_t>();
    const bool first =
        listed.emplace(parsed.at("parcel"), std::pair(parsed.at("list"), fen)).second;
    if (!first) violation("in two lists: " + parsed.at("parcel").get<std::string>());
  }
  std::int64_t theirs = 0, ours = 0;
  for (const auto& [id, parcel] : parcels_) {
    const bool news =
        std::any_of(parcel.contents.begin(), parcel.contents.end(),
                    [&](const auto& content) { return had_news(order_of(content.first)); });
    if (news) continue;
    const auto row = listed.find(id);
    const std::string where = row == listed.end() ? "done" : row->second.first;
    const auto due = list_of(parcel);
    if (due && *due != where) violation(id + " is in list " + where + " instead of " + *due);
    if (!due || where == "done") continue;
    theirs += row->second.second;
    ours += at_risk(parcel);
    ++parcels_listed_;
  }
  if (theirs != ours)
    violation("at risk: " + std::to_string(theirs) + " instead of " + std::to_string(ours));
  check_to_pack(to_pack);
}

// Exactly the orders that nobody has begun with.
void Auditor::check_to_pack(const std::set<std::string>& listed) {
  std::set<std::string> begun;
  for (const std::string& order : picture_.subjects("order")) begun.insert(order);
  // Of several that were put aside together one is named.
  for (const std::string& number : picture_.subjects("parked")) {
    for (const std::string& order : together_["taobao/mugs/" + number]) begun.insert(order);
  }
  for (const auto& [id, parcel] : parcels_) {
    for (const auto& [content, pieces] : parcel.contents) begun.insert(order_of(content));
  }
  for (const auto& [order, lines] : orders_) {
    if (had_news(order)) continue;
    if (begun.count(order) == 0 && listed.count(order) == 0)
      violation("nobody is told to pack " + order);
  }
  for (const auto& [id, parcel] : parcels_) {
    for (const auto& [content, pieces] : parcel.contents) {
      const bool whole = base_.count(id) > 0 && shipped_whole(order_of(content));
      if (whole && listed.count(order_of(content)) > 0)
        violation("to be packed although it is: " + content);
    }
  }
}

bool Auditor::had_news(const std::string& order) const {
  return touched_ever_.count(order) > 0 || stops_.count(order) > 0;
}

bool Auditor::shipped_whole(const std::string& order) const {
  for (const OrderedLine& line : orders_.at(order)) {
    const auto shipped = shipped_.find(order + "#" + std::to_string(line.line));
    if (shipped == shipped_.end() || shipped->second < line.quantity) return false;
  }
  return true;
}

}  // namespace packbench::simulation
