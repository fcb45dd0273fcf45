// Rail, cue band and clock: the same place on every screen.
#include <algorithm>

#include "domain/deadlines.h"
#include "ui/due_words.h"
#include "ui/widgets.h"

namespace packbench::ui {

namespace {

constexpr float kIcon = 26;
constexpr float kWhoRoom = 190;  // of a name that is not very long

// A device, or what waits for the network.
struct RailItem {
  Icon icon = Icon::scanner;
  bool trouble = false;
  std::string word, brief;  // empty: the icon says it
  std::string count;        // stays when no word does
};

// How much of them the rail has room for, from all of it downwards: whole words, short words,
// without those that are well and have no word, without the name of who works here, without words.
enum class Told { words, briefly, troubles, nameless, icons };

void add_outbox(const Frame& frame, std::vector<RailItem>& items) {
  const station::OutboxView& outbox = frame.view.outbox;
  const std::string refused = std::to_string(outbox.refused);
  const std::string waiting = std::to_string(outbox.waiting);
  if (outbox.refused > 0)
    items.push_back({Icon::warning, true, frame.say(Msg::outbox_refused, {refused}),
                     frame.say(Msg::outbox_refused_brief, {refused}), refused});
  if (outbox.waiting > 0)
    items.push_back({outbox.stuck ? Icon::network_off : Icon::network, outbox.stuck,
                     frame.say(Msg::outbox_waiting, {waiting}), "", waiting});
}

std::vector<RailItem> rail_items(const Frame& frame) {
  std::vector<RailItem> items;
  add_outbox(frame, items);
  for (const station::DeviceView& device : frame.view.devices) {
    RailItem item{device_icon(device), !device.ok, "", "", ""};
    if (!device.ok) {
      item.word = frame.say(device.word);
      item.brief = frame.say(device.brief);
    }
    items.push_back(std::move(item));
  }
  return items;
}

const std::string& told_word(const RailItem& item, Told told) {
  if (told == Told::icons) return item.count;
  return told == Told::words || item.brief.empty() ? item.word : item.brief;
}

float item_width(Frame& frame, const RailItem& item, Told told) {
  const std::string& word = told_word(item, told);
  if (!item.trouble) {
    if (!word.empty()) return kIcon + 8 + frame.canvas.measure(word, Face::r24) + 22;
    return told >= Told::troubles ? 0 : kIcon + 22;
  }
  return (word.empty() ? kIcon + 20 : frame.canvas.measure(word, Face::b24) + 54) + 12;
}

Told how_much(Frame& frame, const std::vector<RailItem>& items, float room) {
  for (const Told told : {Told::words, Told::briefly, Told::troubles, Told::nameless}) {
    float needed = told == Told::nameless ? kIcon + 20 : kWhoRoom;
    for (const RailItem& item : items) needed += item_width(frame, item, told);
    if (needed <= room) return told;
  }
  return Told::icons;
}

// From the right-hand end inwards; returns where the next one ends.
float draw_item(Frame& frame, const RailItem& item, float right, Told told) {
  const float width = item_width(frame, item, told);
  if (width == 0) return right;
  const std::string& word = told_word(item, told);
  if (!item.trouble) {
    const float x = word.empty() ? right - kIcon : right - width + 22;
    frame.canvas.icon(item.icon, {x, 15, kIcon, kIcon}, palette::rail_text);
    frame.canvas.text({x + kIcon + 8, 8, right - x - kIcon - 8, 40}, word,
                      {Face::r24, palette::rail_text});
    return right - width;
  }
  const Box tile{right - width + 12, 8, width - 12, 40};
  frame.canvas.fill(tile, palette::attn, 6);
  frame.canvas.icon(item.icon, {tile.x + 10, tile.y + 7, kIcon, kIcon}, palette::ink);
  frame.canvas.text({tile.x + 44, tile.y, tile.w - 50, tile.h}, word, {Face::b24, palette::ink});
  return right - width;
}

float draw_who(Frame& frame, float x, float right) {
  const bool dock = frame.state.lane == station::LaneId::dock;
  const auto& op = dock && frame.view.dock_op ? frame.view.dock_op : frame.view.op;
  frame.canvas.icon(Icon::person, {x, 15, kIcon, kIcon}, palette::rail_text);
  const std::string name = op ? op->name : frame.say(Msg::nobody);
  const float room = std::min(260.0F, right - x - 34);
  if (room < 60) return x + 34;
  const float used = frame.canvas.text({x + 34, 8, room, 40}, name,
                                       {Face::r24, palette::rail_text, Align::left, Fit::ellipsis});
  return x + 34 + used + 32;
}

void draw_other_lane(Frame& frame, float x, float right) {
  const bool dock = frame.state.lane == station::LaneId::dock;
  if (!frame.view.manifest || frame.layout.dock_lane.w > 0) return;
  const std::string chip =
      dock ? frame.say(Msg::packing_goes_on)
           : frame.say(Msg::handover_chip, {frame.carrier(frame.view.manifest->carrier),
                                            std::to_string(frame.view.manifest->count)});
  if (x + 40 + frame.canvas.measure(chip, Face::r24) > right) return;
  frame.canvas.fill({x, 8, 4, 40}, palette::edge);
  frame.canvas.icon(dock ? Icon::box : Icon::truck, {x + 20, 15, kIcon, kIcon}, palette::rail_text);
  frame.canvas.text({x + 54, 8, right - x - 54, 40}, chip, {Face::r24, palette::rail_text});
}

void draw_rail(Frame& frame) {
  const float width = frame.layout.width;
  frame.canvas.fill(frame.layout.rail, palette::ink);
  const std::string& name =
      frame.site.bench_name.empty() ? frame.view.bench : frame.site.bench_name;
  float x = 24 + frame.canvas.text({24, 8, 220, 40}, frame.say(Msg::bench, {name}),
                                   {Face::b24, palette::panel, Align::left, Fit::ellipsis});
  const std::string time = frame.clock_time(frame.now);
  frame.canvas.text({width - 124, 8, 100, 40}, time, {Face::b24, palette::panel, Align::right});
  float right = width - 124;
  const std::vector<RailItem> items = rail_items(frame);
  const Told told = how_much(frame, items, right - x - 38);
  for (auto item = items.rbegin(); item != items.rend(); ++item)
    right = draw_item(frame, *item, right, told);
  x = draw_who(frame, x + 38, right - 12);
  if (!frame.state.typed.empty()) {
    frame.canvas.text({x, 8, right - x - 8, 40}, frame.say(Msg::typed, {frame.state.typed}),
                      {Face::b24, palette::attn, Align::left, Fit::ellipsis});
    return;
  }
  draw_other_lane(frame, x, right);
}

// The true deadline: the carrier's last visit, else the promise.
void draw_clock(Frame& frame, Color band) {
  const auto& view = frame.view;
  const auto deadline = true_deadline(view.ship_by, view.last_visit);
  if (!deadline) return;
  const Box box = frame.layout.clock;
  const Duration left = *deadline - frame.now;
  const bool late = left.us < 0;
  const bool soon = is_soon(*deadline, frame.now);
  Color on = text_on(band);
  if (soon) {
    frame.canvas.bordered(box, palette::attn, palette::ink, 2, 8);
    frame.canvas.icon(Icon::warning, {box.x + 8, box.y + 12, 36, 36}, palette::ink);
    on = palette::ink;
  } else {
    frame.canvas.fill({box.x - 8, box.y + 4, 2, box.h - 8}, on);
  }
  const Color sub = soon ? palette::ink : sub_text_on(band);
  const std::string carrier = frame.carrier(view.carrier);
  const std::string when = frame.clock_time(*deadline);
  const float big_x = box.x + (soon ? 44.0F : 26.0F);
  const Box big{big_x, box.y, box.right() - 8 - big_x, 84};
  const bool zh = frame.language() == Language::zh;
  const bool left_bound = zh && !soon && !late;
  const float small_x = left_bound ? box.x + 28 : box.x + 8;
  const Box small{small_x, box.y + 82, box.right() - 6 - small_x, 36};
  if (late) {
    frame.canvas.text(big, frame.say(Msg::visit_missed),
                      {Face::b40, on, Align::center, Fit::step_down});
    frame.canvas.text(small, frame.say(Msg::call_pickup, {carrier}),
                      {Face::r24, sub, Align::center, Fit::step_down});
    return;
  }
  const std::string rest = remaining(left, frame.language());
  const float width = frame.canvas.measure(rest, Face::b64);
  if (zh && !soon && width < big.w - 44) {
    frame.canvas.text({big.x, big.y + 10, 40, 84}, frame.say(Msg::left), {Face::r30, sub});
    frame.canvas.text({big.x + 38, big.y, big.w - 38, 84}, rest, {Face::b64, on});
  } else if (zh && !soon) {
    frame.canvas.text({big.x, big.y + 14, 26, 84}, frame.say(Msg::left), {Face::r24, sub});
    frame.canvas.text({big.x + 28, big.y, big.right() + 6 - big.x - 28, 84}, rest,
                      {Face::b64, on, Align::left, Fit::step_down});
  } else {
    frame.canvas.text(big, rest,
                      {Face::b64, on, left_bound ? Align::left : Align::center, Fit::step_down});
  }
  std::string what =
      view.last_visit ? frame.say(Msg::left_to, {carrier, when}) : frame.say(Msg::ship_by, {when});
  // A long name gives way to its code.
  if (view.last_visit && frame.canvas.measure(what, Face::r24) > small.w)
    what = frame.say(Msg::left_to, {view.carrier, when});
  frame.canvas.text(small, what,
                    {Face::r24, sub, left_bound ? Align::left : Align::center, Fit::step_down});
}

}  // namespace

Color text_on(Color band) {
  return band == palette::attn ? palette::ink : palette::panel;
}

Color sub_text_on(Color band) {
  if (band == palette::attn) return palette::ink;
  return band == palette::ink ? palette::rail_text : palette::panel;
}

namespace {

station::Alert worded(const Frame& frame) {
  station::Alert alert{frame.view.alert->code, frame.view.alert->params};
  const auto carrier = alert.params.find("carrier");
  if (carrier != alert.params.end()) carrier->second = frame.carrier(carrier->second);
  return alert;
}

}  // namespace

std::string alert_title(const Frame& frame) {
  return station::alert_text(worded(frame), frame.language());
}

std::string alert_next(const Frame& frame) {
  const auto wait = frame.view.alert->params.find("wait_s");
  if (wait != frame.view.alert->params.end()) return frame.say(Msg::wait_seconds, {wait->second});
  return station::alert_next(worded(frame), frame.language());
}

Icon device_icon(const station::DeviceView& device) {
  if (device.kind == "printer") return Icon::printer;
  if (device.kind == "scale") return Icon::scale;
  if (device.kind == "network") return device.ok ? Icon::network : Icon::network_off;
  return Icon::scanner;
}

void draw_top(Frame& frame, const Cue& cue) {
  Cue shown = cue;
  if (!cue.own && tone_of(frame.view, frame.state.lane) == Tone::attention) {
    shown = {Icon::warning, palette::attn, alert_title(frame), alert_next(frame), cue.clock, true};
  }
  draw_rail(frame);
  frame.canvas.fill(frame.layout.cue, shown.band);
  const bool upright = frame.layout.shape == Shape::portrait;
  const float x = upright ? 16 : 28;
  frame.canvas.icon(shown.icon, {x, 84, 96, 96}, text_on(shown.band));
  const auto& view = frame.view;
  const bool clock = shown.clock && (view.last_visit || view.ship_by);
  const float left = x + 124;
  const float right = clock ? frame.layout.clock.x - 24 : frame.layout.width - 24;
  const float width = right - left;
  // Where one line takes two, the other one makes room.
  const bool two_subs = frame.canvas.measure(shown.sub, Face::r24) > width;
  const bool two_titles = frame.canvas.measure(shown.title, Face::b40) > width;
  const Box title{left, two_titles || two_subs ? 58.0F : 60.0F, width,
                  two_subs     ? 70.0F
                  : two_titles ? 100.0F
                               : 104.0F};
  const Box sub{left,
                two_subs     ? 128.0F
                : two_titles ? 158.0F
                             : 152.0F,
                width, two_subs ? 70.0F : 44.0F};
  frame.canvas.text(title, shown.title,
                    {Face::b64, text_on(shown.band), Align::left, Fit::step_down});
  frame.canvas.text(sub, shown.sub,
                    {Face::r30, sub_text_on(shown.band), Align::left, Fit::step_down});
  if (clock) draw_clock(frame, shown.band);
}

}  // namespace packbench::ui
