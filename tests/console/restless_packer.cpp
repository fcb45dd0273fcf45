#include "tests/console/restless_packer.h"

#include <algorithm>

#include "domain/label_code.h"
#include "tests/support/bench_test.h"

namespace packbench::test {
namespace {

constexpr int most_attempts = 30;

std::string first_open_check(const Json& answer, bool for_print_only) {
  for (const Json& check : answer["checks"]) {
    if (check["answer"].is_null() && (!for_print_only || check["blocks"] == "print"))
      return check["id"];
  }
  return "";
}

bool all_packed(const Json& answer) {
  for (const Json& order : answer["orders"]) {
    for (const Json& line : order["lines"]) {
      if (line["packed"] < line["ordered"]) return false;
    }
  }
  return true;
}

int attempt_of(const Json& answer) {
  return answer["waybill"].is_null() ? 0 : answer["waybill"]["attempt"].get<int>();
}

std::string word(const std::string& line, std::size_t n) {
  std::size_t start = 0;
  for (; n > 0 && start != std::string::npos; --n) start = line.find(' ', start + 1);
  if (start == std::string::npos) return "";
  if (start > 0) ++start;
  return line.substr(start, line.find(' ', start) - start);
}

bool is_label(const Json& waybill, const std::string& line) {
  if (waybill.is_null()) return false;
  const auto small = parse_label_code(line);
  return (small ? small->waybill : line) == waybill["number"];
}

// A label that is owed is on its way, came out, or is asked about.
bool label_is_owed(const Json& now) {
  return !now["waybill"].is_null() &&
         (now["phase"] == "verifying_label" || now["phase"] == "print_unknown");
}

bool print_follows(const Json& now) {
  return all_packed(now) && first_open_check(now, true).empty();
}

// Whether all of the line is there.
bool done(const std::string& line, const Json& before, const Json& now) {
  const std::string verb = word(line, 0);
  const auto follows = [&] { return print_follows(now) == label_is_owed(now); };
  if (verb == "/sign-in") return now["operator"]["badge"] == word(line, 1);
  if (verb == "/handover") return !now["manifest"].is_null() && now["manifest"]["count"] == 0;
  if (verb == "/close-manifest") return now["manifest"].is_null();
  if (verb == "/undo")
    return now["manifest"]["count"] == before["manifest"]["count"].get<int>() - 1;
  if (verb == "/park")
    return now["orders"].empty() && now["parked"].size() == before["parked"].size() + 1;
  if (verb == "/card")
    return now["orders"][0]["gift_card"] == "printed" || now["orders"][0]["gift_card"] == "unknown";
  if (verb == "/void") return now["waybill"].is_null();
  if (verb == "/print" || verb == "/reprint")
    return attempt_of(now) > attempt_of(before) && label_is_owed(now);
  if (line == "/printed yes") return now["phase"] == "verifying_label";
  if (line == "/printed no") return attempt_of(now) > attempt_of(before) && label_is_owed(now);
  if (verb == "/check") return first_open_check(now, false) != word(line, 1) && follows();
  if (before["phase"] == "handover")
    return now["manifest"]["count"] == before["manifest"]["count"].get<int>() + 1;
  if (before["phase"] == "awaiting_order")
    return !now["orders"].empty() && now["orders"][0]["number"] == line && !now["parcel"].is_null();
  if (is_label(before["waybill"], line))
    return now["orders"].empty() && now["phase"] == "awaiting_order";
  return pieces_packed(now) == pieces_packed(before) + 1 && follows();
}

}  // namespace

int pieces_packed(const Json& answer) {
  int pieces = 0;
  for (const Json& order : answer["orders"]) {
    for (const Json& line : order["lines"]) pieces += line["packed"].get<int>();
  }
  return pieces;
}

std::string half_done(const std::string& line, const Json& before, const Json& now) {
  if (lasting(now) == lasting(before) && now["phase"] == before["phase"]) return "";
  if (!line.empty() && done(line, before, now)) return "";
  return "after \"" + line + "\" without an answer, from\n" + before.dump() + "\nit became\n" +
         now.dump();
}

bool RestlessPacker::chance(int percent) {
  return std::uniform_int_distribution<int>(0, 99)(random_) < percent;
}

const RestlessPacker::Task* RestlessPacker::task_of(const std::string& number) const {
  const auto found = std::find_if(tasks_.begin(), tasks_.end(),
                                  [&](const Task& task) { return task.number == number; });
  return found == tasks_.end() ? nullptr : &*found;
}

std::string RestlessPacker::small_code(const Json& waybill) const {
  return encode_label_code({bench_, waybill["number"], waybill["attempt"]});
}

std::string RestlessPacker::next(const Json& answer) {
  const std::string phase = answer["phase"];
  if (phase == "signed_out") return "/sign-in 1001";
  if (phase == "handover") return next_pickup(answer);
  if (phase == "awaiting_order") return next_order(answer);
  if (phase == "packing") return next_item(answer);
  if (phase == "checks") return "/check " + first_open_check(answer, true) + " pass";
  if (phase == "print_unknown") return doubtful_label(answer);
  if (phase == "verifying_label") return next_label(answer);
  return "/print";
}

std::string RestlessPacker::next_order(const Json& answer) {
  if (!answer["parked"].empty() && chance(40)) return answer["parked"][0];
  if (staged_ > 0 && chance(20)) return "/handover SF";
  for (const Task& task : tasks_) {
    const bool parked = std::find(answer["parked"].begin(), answer["parked"].end(), task.number) !=
                        answer["parked"].end();
    if (!parked && std::find(done_.begin(), done_.end(), task.number) == done_.end())
      return task.number;
  }
  if (!answer["parked"].empty()) return answer["parked"][0];
  return staged_ > 0 ? "/handover SF" : "";
}

std::string RestlessPacker::next_item(const Json& answer) {
  if (chance(5)) return "9780201379624";  // in no order
  if (chance(4)) return "/park";
  const Json& order = answer["orders"][0];
  if (!order["gift_card"].is_null() && chance(30)) return "/card";
  const Task* task = task_of(order["number"]);
  for (std::size_t i = 0; task != nullptr && i < order["lines"].size(); ++i) {
    const Json& line = order["lines"][i];
    if (line["packed"] < line["ordered"]) return task->codes[i];
  }
  return "/print";
}

std::string RestlessPacker::next_pickup(const Json& answer) {
  const Json& manifest = answer["manifest"];
  if (manifest["count"] > 0 && chance(8)) return "/undo";
  if (manifest["left"].empty() || chance(10)) return "/close-manifest";
  const std::string number = manifest["left"][0];
  // Of several labels only the small code of the newest will do; the printer's folder has them all.
  int newest = 1;
  for (int attempt = 2; attempt <= most_attempts; ++attempt) {
    if (directory_.has("labels/" + number + "-" + std::to_string(attempt) + ".zpl"))
      newest = attempt;
  }
  return encode_label_code({bench_, number, newest});
}

std::string RestlessPacker::next_label(const Json& answer) {
  const std::string open = first_open_check(answer, false);
  if (!open.empty()) return "/check " + open + " pass";
  if (chance(6)) return "/reprint torn";
  if (chance(4)) return "/void torn";
  if (chance(5)) return "SF1999999999999";
  return small_code(answer["waybill"]);
}

// The packer looks into the printer's tray, which is a folder here.
std::string RestlessPacker::doubtful_label(const Json& answer) const {
  const Json& waybill = answer["waybill"];
  const std::string name =
      waybill["number"].get<std::string>() + "-" + std::to_string(waybill["attempt"].get<int>());
  if (!directory_.has("labels/" + name + ".zpl")) return "/printed no";
  const std::string open = first_open_check(answer, false);
  return open.empty() ? small_code(waybill) : "/check " + open + " pass";
}

int RestlessPacker::labels_allowed(const std::string& waybill) const {
  const auto asked = asked_.find(waybill);
  return 1 + (asked == asked_.end() ? 0 : asked->second);
}

void RestlessPacker::said(const std::string& line, const Json& before) {
  const bool again = line == "/printed no" || word(line, 0) == "/reprint" || line == "/print";
  if (again && !before["waybill"].is_null()) ++asked_[before["waybill"]["number"]];
}

void RestlessPacker::heard(const Json& answer) {
  const std::string now = answer["orders"].empty() ? "" : answer["orders"][0]["number"];
  const auto& parked = answer["parked"];
  const bool put_aside = std::find(parked.begin(), parked.end(), open_order_) != parked.end();
  if (!open_order_.empty() && now != open_order_ && !put_aside) {
    done_.push_back(open_order_);
    ++staged_;
  }
  open_order_ = now;
  if (!answer["manifest"].is_null()) staged_ = answer["manifest"]["left"].size();
}

}  // namespace packbench::test
