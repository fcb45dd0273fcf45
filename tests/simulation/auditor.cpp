#include "auditor.h"

#include <nlohmann/json.hpp>
#include <sstream>

namespace packbench::simulation {
namespace {

constexpr std::size_t violations_kept = 20;

}  // namespace

void Auditor::violation(const std::string& text) {
  if (violations_.size() < violations_kept) violations_.push_back(text);
}

void Auditor::knows_order(const std::string& order, const std::vector<OrderedLine>& lines) {
  orders_[order] = lines;
}

void Auditor::knows_code(const std::string& code, const std::string& sku, int pieces) {
  codes_[code] = {sku, pieces};
}

void Auditor::touched(const std::string& order) {
  touched_ever_.insert(order);
  pending_.insert(order);
  // The news may lift a hold, also one that the bench has not heard of yet.
  holds_.erase(order);
  pending_holds_.erase(order);
}

void Auditor::stopped(const std::string& order, int line) {
  pending_.insert(order);
  pending_stops_.emplace_back(order, line);
}

void Auditor::held(const std::string& order) {
  pending_.insert(order);
  pending_holds_.insert(order);
}

Auditor::Line Auditor::read_line(const std::string& text, bool dock) const {
  Line line;
  line.text = text;
  line.dock = dock;
  if (text.empty() || text.front() != '/') return line;
  std::istringstream words(text.substr(1));
  words >> line.verb;
  for (std::string word; words >> word;) line.args.push_back(word);
  if (line.verb == "handover" || line.verb == "close-manifest") line.dock = true;
  return line;
}

void Auditor::input(const std::string& text, bool dock) {
  open_ = read_line(text, dock);
  if (open_->verb == "card") ask_cards(1);
}

// One more of each order on the bench may come out, or one less.
void Auditor::ask_cards(int more) {
  for (const std::string& order : picture_.subjects("order"))
    cards_asked_["for-" + number_of_order(order)] += more;
}

// The bench drains the news before it takes an input, so an answer without a fault of the disk
// means that it has taken note.
void Auditor::apply_news() {
  for (const auto& [order, line] : pending_stops_) stop_now(order, line);
  holds_.insert(pending_holds_.begin(), pending_holds_.end());
  pending_stops_.clear();
  pending_holds_.clear();
}

void Auditor::answer(const std::string& json) {
  if (!open_) return violation("an answer without an input");
  const Line line = *open_;
  const Answer answer = read_answer(json, picture_);
  const Picture before = picture_;
  const bool fault = answer.alert == "storage_fault";
  if (!fault) apply_news();
  explain(before, answer.picture, Cause::answer, answer.accepted ? &line : nullptr);
  if (answer.accepted) {
    if (!fault) exact_item(before, answer.picture, line);
    follow_orders(line);
    follow(before, answer.picture, line);
    if ((line.verb == "void" || line.verb == "abandon") && !before.get("number").empty())
      given_up_.insert(before.get("number"));
    if (line.verb == "confirm") check_confirm(line);
    follow_afterwards(line);
  } else {
    if (answer.alert.empty()) violation("refused without an alert: " + line.text);
    if (fault) uncertain_.push_back(line);
    if (!fault && line.verb == "card") ask_cards(-1);
    check_refusal(answer, line, before);
  }
  // What a failing disk left in doubt is settled by the next record that it takes.
  if (!fault && (!answer.accepted || !changes(before, answer.picture).empty())) uncertain_.clear();
  picture_ = answer.picture;
  see(picture_);
  if (!fault) {
    pending_.clear();
    check_manifest(picture_);
    check_stops(picture_);
  }
  open_.reset();
}

void Auditor::unanswered() {
  if (open_) uncertain_.push_back(*open_);
  open_.reset();
}

void Auditor::shown(const std::string& json) {
  const Answer answer = read_answer(json, picture_);
  explain(picture_, answer.picture, Cause::background, nullptr);
  picture_ = answer.picture;
  see(picture_);
}

void Auditor::begins(const std::string& json) {
  picture_ = read_answer(json, picture_).picture;
}

// What was answered must still be there; a line that was not may have come through.
void Auditor::restarted(const std::string& json) {
  const Answer answer = read_answer(json, picture_);
  const Picture before = picture_;
  const Picture& now = answer.picture;
  explain(before, now, Cause::restart, nullptr);
  settle_on_one_staging(before, now);
  for (const Line& line : uncertain_) {
    doubt(line);
    doubt_afterwards(line);
    follow(before, now, line);
  }
  // A scan that came to nothing by now never will: the journal was read again.
  const auto same = [&](const char* path) { return now.get(path) == before.get(path); };
  const bool bench = same("parcel"), dock = same("manifest") && same("count");
  std::erase_if(uncertain_,
                [&](const Line& line) { return line.verb.empty() && (line.dock ? dock : bench); });
  picture_ = now;
  see(picture_);
  if (pending_.empty()) check_manifest(picture_);
}

void Auditor::printed(const std::string& bytes, bool denied) {
  std::istringstream words(bytes);
  std::string head, number, code;
  int attempt = 0;
  words >> head >> number >> attempt >> code;
  if (head == "CARD") return card_printed(number);
  if (head != "LABEL") return violation("the printer got something that is no label: " + bytes);
  Label& label = labels_[number];
  small_codes_[code] = {number, attempt};
  const std::string what = number + " attempt " + std::to_string(attempt);
  if (!label.sent.insert(attempt).second) violation("the same label was sent twice: " + what);
  // The request may be the very input that is being answered.
  const bool asked_now =
      open_ && picture_.get("number") == number &&
      (open_->verb == "reprint" || open_->verb == "print" ||
       (open_->verb == "printed" && open_->args == std::vector<std::string>{"no"}));
  if (label.sent.size() > 1 && !label.asked && !asked_now)
    violation("a second live label that nobody asked for: " + what);
  label.asked = false;
  if (denied) label.denied.insert(attempt);
}

// Each request is worth one card of each order on the bench at most, whatever the power does.
void Auditor::card_printed(const std::string& card) {
  if (++cards_[card] > cards_asked_[card]) violation("a gift card that nobody asked for: " + card);
}

void Auditor::settled() {
  apply_news();  // the last start was without a fault, and it takes them in
  check_returns();
  for (const std::string& confirmation : released_) {
    const bool doubtful = touched_ever_.count(confirmation.substr(confirmation.find('/') + 1)) > 0;
    if (!doubtful && confirmed_.count(confirmation) == 0)
      violation("released and never told: " + confirmation);
  }
}

void Auditor::posted(const std::string& confirmation, const std::string& body) {
  const auto [told, first] = posted_.emplace(confirmation, body);
  if (!first && told->second != body) violation("posted twice and not the same: " + confirmation);
}

void Auditor::posted_again(const std::string& confirmation) {
  violation("posted again after it was taken: " + confirmation);
}

// By HTTP the platform is told exactly what the files tell it, and those are held against the
// pickups.
void Auditor::all_posted() {
  for (const auto& [confirmation, row] : rows_) {
    const auto post = posted_.find(confirmation);
    if (post == posted_.end() && refused_.count(confirmation) == 0)
      violation("in a file and never posted: " + confirmation);
  }
  for (const auto& [confirmation, body] : posted_) {
    const auto row = rows_.find(confirmation);
    if (row == rows_.end() || row->second != body)
      violation("posted and not so in a file: " + confirmation);
  }
}

// By the very input that is being answered.
bool Auditor::being_released(const Parcel& parcel, const std::string& order) const {
  if (!open_) return false;
  if (open_->verb == "close-manifest") return may_be_released(parcel, order);
  const auto stops = stops_.find(order);
  const bool cancelled = stops != stops_.end() && stops->second.count(0) > 0;
  return open_->verb == "release" && !cancelled && !open_->args.empty() &&
         open_->args[0] == number_of_order(order);
}

void Auditor::outbox(const std::string& name, const std::string& text) {
  const auto [file, fresh] = files_.emplace(name, text);
  if (!fresh && file->second != text) violation("outbox file " + name + " changed its content");
  if (name.starts_with("carrier/")) return returned(name, text);
  std::istringstream rows(text);
  for (std::string row; std::getline(rows, row);) {
    const auto parsed = nlohmann::json::parse(row);
    const std::string id = parsed.at("parcel");
    const std::string order = parsed.at("platform").get<std::string>() + "/" +
                              parsed.at("shop").get<std::string>() + "/" +
                              parsed.at("order").get<std::string>();
    const std::string confirmation = id + "/" + order;
    rows_[confirmation] = row;
    const auto [told, first] = confirmed_.emplace(confirmation, name);
    if (!first && told->second != name) violation("told twice: " + confirmation);
    tell_accepted(id);
    const auto found = parcels_.find(id);
    if (found == parcels_.end() || found->second.manifest.empty()) {
      violation("confirmation without a pickup: " + confirmation);
      continue;
    }
    const Parcel& parcel = found->second;
    const bool may = released_.count(confirmation) > 0 || being_released(parcel, order);
    if (!may) violation("confirmed although it was not released: " + confirmation);
    if (parsed.at("number") != parcel.number)
      violation("confirmed with another number: " + confirmation);
    std::map<std::string, int> told_lines;
    for (const auto& line : parsed.at("lines"))
      told_lines[order + "#" + line.at("line").dump()] = line.at("quantity").get<int>();
    for (const auto& [content, pieces] : parcel.contents) {
      if (order_of(content) == order && told_lines[content] != pieces && !is_doubtful(parcel))
        violation("confirmed with other contents: " + confirmation);
    }
  }
}

}  // namespace packbench::simulation
