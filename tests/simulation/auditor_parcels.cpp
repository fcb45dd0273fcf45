// Parcels: what is in them, who took them along, and what may be told to the platform.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "auditor.h"

namespace packbench::simulation {

std::string Auditor::number_in(const std::string& code) const {
  const auto small = small_codes_.find(code);
  if (small != small_codes_.end()) return small->second.first;
  return labels_.count(code) > 0 ? code : "";
}

const Auditor::Parcel* Auditor::scanned_parcel(const std::string& code) const {
  const auto label = labels_.find(number_in(code));
  if (label == labels_.end()) return nullptr;
  const auto parcel = parcels_.find(label->second.parcel);
  if (parcel == parcels_.end() || parcel->second.number != label->first) return nullptr;
  return &parcel->second;
}

// Numbers, parcels and lines as they come into sight.
void Auditor::see(const Picture& now) {
  const std::string parcel = now.get("parcel");
  const std::string number = now.get("number");
  const auto shown = now.subjects("order");
  for (const std::string& order : shown) together_[order] = shown;
  if (!number.empty()) {
    Label& label = labels_[number];
    if (label.parcel.empty()) label.parcel = parcel;
    if (label.parcel != parcel)
      violation("number " + number + " of " + label.parcel + " was given to " + parcel + " too");
  }
  if (!parcel.empty() && base_.count(parcel) == 0) {
    auto& base = base_[parcel];
    for (const std::string& content : now.subjects("packed")) {
      if (now.number("index") > 1) base[content] = now.number("packed/" + content);
    }
  }
  for (const auto& [content, quantity] : now.ordered) {
    const auto order = orders_.find(order_of(content));
    if (order == orders_.end()) {
      violation("an order that nobody placed: " + content);
      continue;
    }
    const auto line =
        std::find_if(order->second.begin(), order->second.end(), [&](const OrderedLine& l) {
          return order->first + "#" + std::to_string(l.line) == content;
        });
    if (line == order->second.end() || line->quantity != quantity ||
        line->sku != now.skus.at(content))
      violation("not as it was ordered: " + content);
  }
}

bool Auditor::is_stopped(const std::string& content) const {
  const auto stops = stops_.find(order_of(content));
  if (stops == stops_.end()) return false;
  const int line = std::stoi(content.substr(content.rfind('#') + 1));
  return stops->second.count(0) > 0 || stops->second.count(line) > 0;
}

void Auditor::stop_now(const std::string& order, int line) {
  stops_[order].insert(line);
  for (auto& [id, parcel] : parcels_) {
    if (!parcel.manifest.empty() || parcel.voided) continue;
    const auto& contents = parcel.contents;
    if (std::none_of(contents.begin(), contents.end(),
                     [&](const auto& content) { return order_of(content.first) == order; }))
      continue;
    parcel.voided = std::all_of(contents.begin(), contents.end(),
                                [&](const auto& content) { return is_stopped(content.first); });
  }
}

// Whether a cancellation or a release came through before a restart, no picture tells for sure.
void Auditor::doubt(const Line& line) {
  if (line.args.empty() || (line.verb != "cancel-order" && line.verb != "release")) return;
  for (const auto& [order, lines] : orders_) {
    if (number_of_order(order) != line.args[0]) continue;
    touched(order);
    doubtful_.insert(order);
    if (line.verb == "release") release(order);
  }
}

bool Auditor::is_doubtful(const Parcel& parcel) const {
  return std::any_of(parcel.contents.begin(), parcel.contents.end(), [&](const auto& content) {
    return doubtful_.count(order_of(content.first)) > 0;
  });
}

bool Auditor::stages(const Line& line, const Picture& from, const Picture& to) const {
  const std::string number = from.get("number");
  return line.verb.empty() && !line.dock && !number.empty() && number_in(line.text) == number &&
         to.get("parcel") != from.get("parcel");
}

// A parcel left the bench while nobody was answered. Of all scans of its label one at most came
// through; where somebody also gave the parcel up, it may have been that.
void Auditor::settle_on_one_staging(const Picture& from, const Picture& to) {
  const auto proves = [&](const Line& line) {
    const std::set<int>& sent = labels_[from.get("number")].sent;
    const auto small = small_codes_.find(line.text);
    if (small == small_codes_.end()) return sent.size() < 2;
    return !sent.empty() && small->second.second == *sent.rbegin();
  };
  const auto likely = std::find_if(uncertain_.begin(), uncertain_.end(), [&](const Line& line) {
    return stages(line, from, to) && proves(line);
  });
  const bool given_up = std::any_of(uncertain_.begin(), uncertain_.end(), [](const Line& line) {
    return line.verb == "abandon" || line.verb == "void";
  });
  std::optional<Line> one;
  if (likely != uncertain_.end()) one = *likely;
  if (!one && !given_up) return;  // something is wrong: let each of them be looked at
  std::erase_if(uncertain_, [&](const Line& line) { return stages(line, from, to); });
  if (one) uncertain_.push_back(*one);
  if (!one || !given_up) return;
  for (const std::string& order : from.subjects("order")) {
    touched(order);
    doubtful_.insert(order);
  }
}

void Auditor::follow(const Picture& from, const Picture& to, const Line& line) {
  const std::string number = from.get("number");
  const bool asks = line.verb == "reprint" || line.verb == "print" ||
                    (line.verb == "printed" && !line.args.empty() && line.args[0] == "no");
  const auto label = labels_.find(number);
  if (asks && label != labels_.end()) {
    const int attempt = to.number("attempt");
    // Where the new attempt went out already, the request is used up.
    label->second.asked =
        label->second.sent.count(attempt) == 0 || attempt == from.number("attempt");
  }
  const bool scan = line.verb.empty();
  if (stages(line, from, to)) stage(from, &line);
  if (line.dock && !from.get("manifest").empty()) {
    if (to.get("manifest").empty()) {
      if (line.verb == "close-manifest") close(from.get("manifest"));
    } else if (scan && to.number("count") > from.number("count")) {
      pick_up(from, to, line);
    } else if (line.verb == "undo" && to.number("count") < from.number("count")) {
      undo_pickup(from.get("manifest"), "");
    } else if (line.verb == "refused-by-courier" && to.number("count") < from.number("count")) {
      undo_pickup(from.get("manifest"), line.args.at(0));
    }
  }
}

void Auditor::follow_orders(const Line& line) {
  if (line.args.empty() || (line.verb != "cancel-order" && line.verb != "release")) return;
  for (const auto& [order, lines] : orders_) {
    if (number_of_order(order) != line.args[0]) continue;
    if (line.verb == "release")
      release(order);
    else
      stop_now(order, 0);
  }
}

void Auditor::stage(const Picture& from, const Line* line) {
  const std::string id = from.get("parcel");
  const std::string number = from.get("number");
  Parcel parcel{number, from.get("carrier"), {}, "", false, false, false, now_us_};
  for (const std::string& content : from.subjects("packed")) {
    const int pieces = from.number("packed/" + content) - base_[id][content];
    if (pieces > 0 && !is_stopped(content)) parcel.contents[content] = pieces;
  }
  if (parcel.contents.empty()) violation("an empty parcel was staged: " + id);
  const Label& label = labels_[number];
  const auto small = small_codes_.find(line->text);
  if (small != small_codes_.end()) {
    if (!label.sent.empty() && small->second.second != *label.sent.rbegin())
      violation("staged with a label that is not the newest one: " + id);
  } else if (label.sent.size() > label.denied.size() + 1) {
    violation("staged by a bar code that several labels carry: " + id);
  }
  if (!parcels_.emplace(id, parcel).second) violation("staged twice: " + id);
}

void Auditor::pick_up(const Picture& from, const Picture& to, const Line& line) {
  const Parcel* known = scanned_parcel(line.text);
  if (known == nullptr)
    return violation("a parcel was picked up that was never staged: " + line.text);
  const std::string id = labels_[known->number].parcel;
  Parcel& parcel = parcels_[id];
  // After a restart several unanswered scans may stand for the one that came through.
  if (to.left.count(parcel.number) > 0) return;
  const bool another = std::any_of(from.left.begin(), from.left.end(),
                                   [&](const auto& n) { return to.left.count(n) == 0; });
  if (!parcel.manifest.empty() && another) return;
  if (!parcel.manifest.empty()) return violation("picked up twice: " + id);
  if (parcel.voided) violation("a void parcel was picked up: " + id);
  if (parcel.carrier != from.get("courier")) violation("given to another carrier: " + id);
  pickups_.push_back(id);
  for (const auto& [content, pieces] : parcel.contents) {
    if (is_stopped(content) && !is_doubtful(parcel))
      violation("a cancelled order was picked up: " + content);
    if (holds_.count(order_of(content)) > 0)
      violation("an order on hold was picked up: " + content);
  }
  take_along(id, from.get("manifest"));
}

// By a courier's scan, or by his carrier's word.
void Auditor::take_along(const std::string& id, const std::string& manifest) {
  Parcel& parcel = parcels_[id];
  maybe_accepted_.erase(id);
  parcel.manifest = manifest;
  parcel.picked_us = now_us_;
  for (const auto& [content, pieces] : parcel.contents) {
    const auto& lines = orders_[order_of(content)];
    int ordered = 0;
    for (const OrderedLine& l : lines) {
      if (content == order_of(content) + "#" + std::to_string(l.line)) ordered = l.quantity;
    }
    if ((shipped_[content] += pieces) > ordered) violation("shipped twice: " + content);
  }
}

// The last one, or the one of this number.
void Auditor::undo_pickup(const std::string& manifest, const std::string& number) {
  for (auto id = pickups_.rbegin(); id != pickups_.rend(); ++id) {
    Parcel& parcel = parcels_[*id];
    if (parcel.manifest != manifest) continue;
    if (!number.empty() && parcel.number != number) continue;
    parcel.manifest.clear();
    parcel.seen_to = false;
    for (const auto& [content, pieces] : parcel.contents) shipped_[content] -= pieces;
    // The courier had it when it was stopped; now it is here and nobody's.
    parcel.voided = std::all_of(parcel.contents.begin(), parcel.contents.end(),
                                [&](const auto& content) { return is_stopped(content.first); });
    pickups_.erase(std::next(id).base());
    return;
  }
  violation("a pickup was taken back that never was");
}

bool Auditor::may_be_released(const Parcel& parcel, const std::string& order) const {
  if (parcel.manifest.empty() || holds_.count(order) > 0) return false;
  return std::any_of(parcel.contents.begin(), parcel.contents.end(), [&](const auto& content) {
    return order_of(content.first) == order && !is_stopped(content.first);
  });
}

void Auditor::close(const std::string& manifest) {
  for (auto& [id, parcel] : parcels_) {
    if (parcel.manifest != manifest || parcel.closed) continue;
    parcel.closed = true;
    parcel.closed_us = now_us_;
    for (const auto& [content, pieces] : parcel.contents) {
      const std::string order = order_of(content);
      if (may_be_released(parcel, order))
        released_.insert(id + "/" + order);
      else if (confirmed_.count(id + "/" + order) > 0)
        violation("confirmed although it was cancelled or on hold: " + id + "/" + order);
    }
  }
}

// A supervisor: holds and stopped lines no longer count, and what is stopped leaves the boxes that
// are still here. A stopped order stays stopped.
void Auditor::release(const std::string& order) {
  holds_.erase(order);
  for (auto& [id, parcel] : parcels_) {
    if (!parcel.manifest.empty() || parcel.voided || is_doubtful(parcel)) continue;
    std::erase_if(parcel.contents, [&](const auto& content) {
      return order_of(content.first) == order && is_stopped(content.first);
    });
  }
  const auto stops = stops_.find(order);
  if (stops != stops_.end() && stops->second.count(0) == 0) stops_.erase(stops);
  for (const auto& [id, parcel] : parcels_) {
    if (parcel.closed && may_be_released(parcel, order)) released_.insert(id + "/" + order);
  }
}

// Nobody is sent away without a reason: what was staged can be handed over.
void Auditor::check_refusal(const Answer& answer, const Line& line, const Picture& before) {
  if (answer.alert == "storage_fault" || answer.alert == "not_signed_in") return;
  if (!line.dock || !line.verb.empty() || before.get("manifest").empty()) return;
  const Parcel* parcel = scanned_parcel(line.text);
  if (parcel == nullptr || parcel->voided || !parcel->manifest.empty()) return;
  if (parcel->carrier != before.get("courier")) return;
  for (const auto& [content, pieces] : parcel->contents) {
    if (touched_ever_.count(order_of(content)) > 0 || is_stopped(content)) return;
  }
  // After a second attempt only the newest label's small code tells that the right one is on it.
  const auto small = small_codes_.find(line.text);
  const std::set<int>& sent = labels_[parcel->number].sent;
  const int last = sent.empty() ? 0 : *sent.rbegin();
  if (small == small_codes_.end() ? last > 1 : small->second.second != last) return;
  violation("a staged parcel was refused at the dock (" + answer.alert + "): " + line.text);
}

void Auditor::check_confirm(const Line& line) {
  if (line.args.empty()) return;
  for (const auto& [order, lines] : orders_) {
    if (number_of_order(order) != line.args[0]) continue;
    int told = 0;
    for (const auto& [id, parcel] : parcels_) {
      const bool holds_it =
          std::any_of(parcel.contents.begin(), parcel.contents.end(),
                      [&, o = order](const auto& content) { return order_of(content.first) == o; });
      if (!holds_it || parcel.voided) continue;
      if (!parcel.closed) violation("confirmation without a pickup: /confirm " + line.args[0]);
      ++told;
    }
    if (told == 0) violation("confirmation without a parcel: /confirm " + line.args[0]);
  }
}

// What was cancelled is shown as cancelled, as long as it lies on the bench.
void Auditor::check_stops(const Picture& now) {
  for (const std::string& order : now.subjects("order")) {
    if (doubtful_.count(order) > 0) continue;
    const auto stops = stops_.find(order);
    if (stops != stops_.end() && stops->second.count(0) > 0 && now.get("stopped/" + order).empty())
      violation("a cancelled order is packed on: " + order);
  }
  for (const auto& [content, sku] : now.skus) {
    if (doubtful_.count(order_of(content)) > 0) continue;
    if (is_stopped(content) && now.get("gone/" + content).empty())
      violation("a cancelled line is packed on: " + content);
  }
}

void Auditor::check_manifest(const Picture& now) {
  const std::string manifest = now.get("manifest");
  if (manifest.empty()) return;
  int count = 0;
  std::set<std::string> left;
  for (const auto& [id, parcel] : parcels_) {
    if (parcel.manifest == manifest) ++count;
    const bool here = parcel.manifest.empty() && parcel.carrier == now.get("courier");
    const bool maybe = here && is_doubtful(parcel) && now.left.count(parcel.number) > 0;
    if (here && (is_doubtful(parcel) ? maybe : !parcel.voided)) left.insert(parcel.number);
  }
  if (count != now.number("count"))
    violation("the manifest counts " + now.get("count") + " instead of " + std::to_string(count));
  if (!now.all_left || left == now.left) return;
  std::string text;
  for (const std::string& number : left) {
    if (now.left.count(number) == 0) text += " missing " + number;
  }
  for (const std::string& number : now.left) {
    if (left.count(number) == 0) text += " unknown " + number;
  }
  violation("the manifest's list of what is left is wrong:" + text);
}

// A number goes back once, and never one that a courier took.
void Auditor::returned(const std::string& name, const std::string& text) {
  const auto parsed = nlohmann::json::parse(text);
  const std::string number = parsed.at("number");
  if (parsed.at("kind") != "waybill_returned") violation("no number is given back in " + name);
  const auto [told, first] = returned_.emplace(number, name);
  if (!first && told->second != name) violation("given back twice: " + number);
  if (labels_.count(number) == 0) violation("given back and never given out: " + number);
}

// Seen when all is quiet: what is given back is nobody's, and what is nobody's is given back.
void Auditor::check_returns() {
  for (const auto& [number, file] : returned_) {
    if (picture_.get("number") == number) violation("given back while it is used: " + number);
  }
  for (const auto& [id, parcel] : parcels_) {
    const bool back = returned_.count(parcel.number) > 0;
    if (back && !parcel.manifest.empty())
      violation("given back although a courier took it: " + parcel.number);
    if (back && !parcel.voided && !is_doubtful(parcel))
      violation("given back although it is staged: " + parcel.number);
    if (!back && parcel.voided && parcel.manifest.empty() && !is_doubtful(parcel))
      violation("nobody's number was not given back: " + parcel.number);
  }
  for (const std::string& number : given_up_) {
    if (returned_.count(number) == 0) violation("voided and not given back: " + number);
  }
}

}  // namespace packbench::simulation
