#include "program/console.h"

#include <chrono>
#include <iostream>

#include "base/bounded.h"
#include "domain/barcode.h"
#include "domain/command_code.h"
#include "host/answer_json.h"
#include "host/deadline_text.h"
#include "host/list_answer.h"
#include "program/line_reader.h"
#include "station/messages.h"

namespace packbench::program {
namespace {

using namespace station;

constexpr std::size_t kScansWaiting = 64;
constexpr std::size_t kListedMax = 200;
// Says that nobody waits for the printer any longer, so it is not kept waiting itself.
constexpr const char* kStopWaiting = "/printed no";

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

const std::string& in_language(const Text& text, Language language) {
  return language == Language::zh ? text.zh : text.en;
}

void print_text(std::ostream& out, const StationView& view, const host::ListingStyle& style) {
  const Language language = style.language;
  const bool dock = view.lane == LaneId::dock && view.manifest;
  out << (view.accepted ? "accepted  " : "refused   ")
      << phase_name(dock ? Phase::handover : view.phase);
  if (view.alert) {
    const bool zh = language == Language::zh;
    out << "  " << view.alert->name << (zh ? "：" : ": ") << in_language(view.alert->text, language)
        << (zh ? "。" : ". ") << in_language(view.alert->next, language) << (zh ? "。" : ".");
  }
  for (const OrderView& order : view.orders) {
    for (const LineView& line : order.lines)
      out << "\n  " << order.key.number << "  " << line.packed << "/" << line.ordered << "  "
          << line.sku << (line.name.empty() ? "" : "  " + line.name)
          << (line.stopped ? "  (stopped)" : "");
  }
  const std::string due = host::deadline_text(view.ship_by, view.last_visit, style);
  if (!due.empty()) out << "\n  " << due << "  " << view.carrier;
  for (const CheckView& check : view.checks) {
    if (check.answer.empty())
      out << "\n  ? " << check.id << "  " << in_language(check.prompt, language);
  }
  if (view.waybill && view.phase == Phase::verifying_label)
    out << "\n  label " << view.waybill->number << ": stick it on and scan it";
  if (dock) out << "\n  " << view.manifest->count << " of " << view.manifest->expected;
  if (const auto note = outbox_note(view.outbox))
    out << "\n  " << in_language(note->text, language) << ". " << in_language(note->next, language);
  out << std::endl;
}

class Console {
 public:
  // What an earlier end left owing, a label or an outbox file, settles before the first line.
  // `hurried`: somebody has scanned on already.
  Console(Bench& bench, bool json, std::ostream& out, std::function<bool()> hurried)
      : bench_(bench), json_(json), out_(out), hurried_(std::move(hurried)) {
    settle();
  }

  // False at /quit.
  bool line(const std::string& text) {
    if (text == "/quit") return false;
    if (text == "/view")
      show();
    else if (text == "/lane bench" || text == "/lane dock")
      choose_lane(text);
    else if (text == "/list" || text.starts_with("/list "))
      list(text.substr(std::min<std::size_t>(text.size(), 6)));
    else
      type(text);
    return true;
  }

  void scan(ports::Lane from, Barcode code) {
    Input input{lane(), Scan{std::move(code)}};
    if (bench_.has_dock_scanner())
      input.lane = from == ports::Lane::dock ? LaneId::dock : LaneId::bench;
    feed(input);
  }

  // What devices and effects have told meanwhile; nobody asked, so nothing is answered.
  void idle() {
    while (bench_.host().pump()) {
    }
    settle();
  }

 private:
  // Scans go to the dock while a handover is open, unless the bench was asked for.
  LaneId lane() const {
    if (!bench_.host().station().manifest) return LaneId::bench;
    return bench_lane_ ? LaneId::bench : LaneId::dock;
  }

  void type(const std::string& text) {
    Input input;
    input.lane = lane();
    if (!text.empty() && text.front() == '/')
      input.body = parse_command_line(text);
    else
      input.body = Scan{parse_scan(unescape(text)), true};
    feed(input);
  }

  void feed(const Input& input) {
    bench_.host().input(input);
    settle();
    if (!bench_.host().station().manifest) bench_lane_ = false;
    answer(*bench_.host().view());
    bench_.host().rest();
  }

  // An answer waits until the effects under way have ended or met their deadline, or the next scan
  // is there: the label is in somebody's hand before its printer has said so.
  void settle() {
    const auto deadline =
        std::chrono::steady_clock::now() + std::chrono::microseconds(bench_.patience().us);
    bench_.host().settle(
        [&] { return !hurried_() && std::chrono::steady_clock::now() < deadline; });
  }

  void choose_lane(const std::string& text) {
    bench_lane_ = text == "/lane bench";
    show();
  }

  // It asks and changes nothing, so that the core never hears of it.
  void list(const std::string& name) {
    while (bench_.host().pump()) {
    }
    bench_.host().drain_feed();
    const host::Config& config = bench_.config();
    const auto form = json_ ? host::ListForm::json : host::ListForm::text;
    const auto list = host::answer_list(
        {bench_.catalog(), bench_.journal(), config.policy},
        {name, kListedMax, form, {config.language, config.policy.zone}}, bench_.host().now());
    if (!list && json_)
      out_ << host::listing_error_json(list.error()) << std::endl;
    else if (!list)
      out_ << "refused   " << list.error().text << std::endl;
    else
      out_ << list.value() << (json_ ? "\n" : "") << std::flush;
  }

  void show() {
    bench_.host().look();
    settle();
    StationView view = *bench_.host().view();
    view.lane = lane();
    answer(view);
  }

  void answer(const StationView& view) {
    if (json_)
      out_ << host::answer_json(view, bench_.config().language) << std::endl;
    else
      print_text(out_, view, {bench_.config().language, bench_.config().policy.zone});
  }

  Bench& bench_;
  const bool json_;
  std::ostream& out_;
  const std::function<bool()> hurried_;
  bool bench_lane_ = false;
};

}  // namespace

std::string unescape(const std::string& line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool escape = line[i] == '\\' && i + 1 < line.size();
    if (escape && line[i + 1] == '\\') {
      out += '\\';
      ++i;
    } else if (escape && line[i + 1] == 'x' && i + 3 < line.size() && hex_digit(line[i + 2]) >= 0 &&
               hex_digit(line[i + 3]) >= 0) {
      out += static_cast<char>(hex_digit(line[i + 2]) * 16 + hex_digit(line[i + 3]));
      i += 3;
    } else {
      out += line[i];
    }
  }
  return out;
}

int run_console(const ConsoleOptions& options, int in_fd, std::ostream& out, std::ostream& err) {
  LineReader lines(in_fd);
  BoundedQueue<std::pair<ports::Lane, Barcode>> scans(kScansWaiting);
  BenchOptions opened = options.bench;
  opened.scanned = [&](ports::Lane lane, Barcode code) {
    // Nobody scans faster than it is answered; what does not fit is not acknowledged either.
    static_cast<void>(scans.push({lane, std::move(code)}));
    lines.wake();
  };
  opened.told = [&] { lines.wake(); };
  auto bench = Bench::open(opened);
  if (!bench) {
    err << "packbench: " << bench.error().text << std::endl;
    return 1;
  }
  Console console(*bench.value(), options.json, out,
                  [&] { return !scans.empty() || lines.next_is(kStopWaiting); });
  while (true) {
    switch (lines.next()) {
      case LineReader::Event::end:
        return 0;
      case LineReader::Event::line:
        if (!console.line(lines.line())) return 0;
        break;
      case LineReader::Event::woken:
        console.idle();
        while (auto scan = scans.pop()) console.scan(scan->first, std::move(scan->second));
        break;
    }
  }
}

}  // namespace packbench::program
