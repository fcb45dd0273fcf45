// What is rarely wanted: big keys in place of the stage. Any scan goes back to the work.
#include <algorithm>

#include "ui/due_words.h"
#include "ui/widgets.h"

namespace packbench::ui {

namespace {

using station::Phase;
using station::Verb;

struct Entry {
  Choice choice;
  std::function<void()> press;
};

class Entries {
 public:
  explicit Entries(Frame& frame) : frame_(frame) {}

  void verb(std::string id, Icon icon, Msg label, Verb verb, std::vector<std::string> args = {}) {
    add(std::move(id), icon, label, [this, verb, args] {
      frame_.act(verb, args);
      close_menu(frame_.state);
    });
  }
  void menu(std::string id, Icon icon, Msg label, Menu menu, Deed deed) {
    add(std::move(id), icon, label, [this, menu, deed] {
      frame_.state.menu = menu;
      frame_.state.deed = deed;
    });
  }
  void add(std::string id, Icon icon, Msg label, std::function<void()> press) {
    list_.push_back({{std::move(id), icon, frame_.say(label)}, std::move(press)});
  }
  void draw() {
    std::vector<Choice> choices;
    for (const Entry& entry : list_) choices.push_back(entry.choice);
    if (const auto pressed = draw_choices(frame_, frame_.layout.stage, choices))
      list_[*pressed].press();
  }

 private:
  Frame& frame_;
  std::vector<Entry> list_;
};

bool is_supervisor(const Frame& frame) {
  return frame.view.op && frame.view.op->role == Role::supervisor;
}

void add_contents(const Frame& frame, Entries& entries) {
  entries.menu("damaged", Icon::box_damaged, Msg::key_damaged, Menu::pick_item, Deed::damaged);
  entries.menu("by hand", Icon::supervisor, Msg::key_by_hand, Menu::pick_item, Deed::by_hand);
  entries.verb("next parcel", Icon::two_boxes, Msg::key_next_parcel, Verb::next_parcel);
  entries.verb("park", Icon::park, Msg::key_park, Verb::park);
  if (is_supervisor(frame) && !frame.view.orders.empty())
    entries.verb("release", Icon::tick, Msg::key_release, Verb::release,
                 {frame.view.orders.front().key.number});
}

void add_label(const Frame& frame, Entries& entries) {
  const auto& waybill = frame.view.waybill;
  if (!waybill || waybill->number.empty()) return;
  entries.menu("reprint", Icon::printer, Msg::key_reprint, Menu::reasons, Deed::reprint);
  entries.menu("void", Icon::void_label, Msg::key_void, Menu::reasons, Deed::void_label);
}

void add_card(const Frame& frame, Entries& entries) {
  const auto& orders = frame.view.orders;
  const bool any = std::any_of(orders.begin(), orders.end(),
                               [](const auto& order) { return !order.gift_card.empty(); });
  if (any) entries.verb("card", Icon::gift, Msg::key_card, Verb::card);
}

// Boxes come back between two orders or with the courier. The label is always asked for: what was
// scanned last may be another's.
void add_came_back(Frame& frame, Entries& entries) {
  const bool dock = frame.state.lane == station::LaneId::dock;
  if (!frame.view.op || !(dock || frame.view.phase == Phase::awaiting_order)) return;
  entries.add("came back", Icon::take_in, Msg::key_came_back,
              [&frame] { frame.state.menu = Menu::came_back; });
}

// Of the visit that is going on.
void add_visit(Frame& frame, Entries& entries) {
  const auto& manifest = *frame.view.manifest;
  if (!manifest.last.empty())
    entries.add("courier refuses", Icon::refused, Msg::key_courier_refuses,
                [&frame, number = manifest.last.front().number] {
                  frame.state.subject = number;
                  frame.state.menu = Menu::reasons;
                  frame.state.deed = Deed::courier_refuses;
                });
  entries.menu("incident", Icon::note, Msg::key_incident, Menu::reasons, Deed::incident);
  entries.add("courier's count", Icon::archive, Msg::key_courier_count,
              [&frame] { frame.state.menu = Menu::count_pad; });
}

void draw_more(Frame& frame) {
  Entries entries(frame);
  const Phase phase = frame.view.phase;
  const bool dock = frame.state.lane == station::LaneId::dock;
  if (!dock) {
    if (phase == Phase::packing) add_contents(frame, entries);
    add_card(frame, entries);
    if (phase == Phase::verifying_label || phase == Phase::printing) add_label(frame, entries);
    if (const station::CheckView* asked = asked_check(frame.view)) {
      if (asked->na_allowed)
        entries.verb("na", Icon::differs, Msg::key_not_applicable, Verb::check, {asked->id, "na"});
      if (is_supervisor(frame))
        entries.verb("override", Icon::supervisor, Msg::key_override, Verb::override_,
                     {asked->id, "supervisor_decided"});
    }
    if (phase == Phase::weighing && is_supervisor(frame))
      entries.verb("override weight", Icon::supervisor, Msg::key_override, Verb::override_,
                   {"weight", "supervisor_decided"});
    if (phase == Phase::verifying_label)
      entries.add("weight", Icon::scale, Msg::key_weight,
                  [&frame] { frame.state.menu = Menu::weight_pad; });
    if (!frame.view.orders.empty())
      entries.verb("abandon", Icon::abandon, Msg::key_abandon, Verb::abandon, {"by_packer"});
  }
  if (frame.view.manifest && dock) add_visit(frame, entries);
  if (frame.view.manifest) {
    entries.add("other lane", dock ? Icon::box : Icon::truck,
                dock ? Msg::key_packing : Msg::key_handover, [&frame, dock] {
                  frame.state.lane = dock ? station::LaneId::bench : station::LaneId::dock;
                  close_menu(frame.state);
                });
  } else {
    entries.add("handover", Icon::truck, Msg::key_handover,
                [&frame] { frame.state.menu = Menu::carriers; });
  }
  if (frame.view.op && !frame.view.closed_manifest.empty())
    entries.verb("print manifest", Icon::printer, Msg::key_print_manifest, Verb::print_manifest,
                 {frame.view.closed_manifest});
  add_came_back(frame, entries);
  if (frame.view.op)
    entries.add("lists", Icon::list, Msg::lists, [&frame] { frame.state.menu = Menu::lists; });
  entries.add("language", Icon::language, Msg::key_language, [&frame] {
    frame.state.language = frame.language() == Language::zh ? Language::en : Language::zh;
    close_menu(frame.state);
  });
  entries.verb("sign out", Icon::sign_out, Msg::key_sign_out, Verb::sign_out);
  if (is_supervisor(frame) && phase == Phase::awaiting_order && !frame.view.manifest)
    entries.verb("close shift", Icon::archive, Msg::key_close_shift, Verb::close_shift);
  entries.draw();
}

// The reason is chosen next, or the deed is done at once where it needs none.
void choose_item(Frame& frame, const std::string& sku) {
  switch (frame.state.deed) {
    case Deed::damaged:
      frame.act(Verb::damaged, {sku, "1"});
      return close_menu(frame.state);
    case Deed::by_hand:
      frame.act(Verb::item, {sku});
      return close_menu(frame.state);
    default:
      frame.state.subject = sku;
      frame.state.menu = Menu::reasons;
  }
}

void draw_pick_item(Frame& frame) {
  std::vector<Wanted> pieces;
  const bool missing_only = frame.state.deed != Deed::differs && frame.state.deed != Deed::damaged;
  for (const Wanted& piece : pieces_of(frame.view)) {
    const bool missing = piece.part->packed < piece.part->wanted;
    const bool seen = std::any_of(pieces.begin(), pieces.end(), [&](const Wanted& other) {
      return other.part->sku == piece.part->sku;
    });
    if (!seen && (missing || !missing_only)) pieces.push_back(piece);
  }
  const Box stage = frame.layout.stage;
  constexpr float kGap = 14;
  const auto room = static_cast<std::size_t>((stage.h + kGap) / (kTargetUnits + kGap));
  const std::size_t columns = pieces.size() > room ? 2 : 1;
  const float width =
      (stage.w - kGap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  for (std::size_t i = 0; i < pieces.size() && i < room * columns; ++i) {
    const station::PartView& part = *pieces[i].part;
    const Box row{stage.x + static_cast<float>(i % columns) * (width + kGap),
                  stage.y + static_cast<float>(i / columns) * (kTargetUnits + kGap), width,
                  kTargetUnits};
    const Touch touch = frame.canvas.target("item " + part.sku, row);
    frame.canvas.bordered(row, touch.held ? palette::attn_tint : palette::panel, palette::edge, 2,
                          10);
    draw_product_picture(frame, {row.x + 12, row.y + 12, row.h - 24, row.h - 24}, part.image);
    const float x = row.x + row.h + 12;
    frame.canvas.text({x, row.y + 4, row.right() - x - 120, 68}, part.name,
                      {Face::b40, palette::ink, Align::left, Fit::step_down});
    frame.canvas.text({x, row.y + 74, row.right() - x - 120, 40}, part.variant,
                      {Face::r24, palette::ink2, Align::left, Fit::ellipsis});
    frame.canvas.text({row.right() - 110, row.y, 96, row.h},
                      std::to_string(part.packed) + "/" + std::to_string(part.wanted),
                      {Face::b40, palette::ink, Align::right, Fit::step_down});
    if (touch.clicked) choose_item(frame, part.sku);
  }
}

std::vector<std::string> reasons_of(const Frame& frame) {
  switch (frame.state.deed) {
    case Deed::short_item:
      return frame.site.short_reasons;
    case Deed::differs:
      return {"wrong_color", "wrong_size", "wrong_model", "wrong_accessory", "other"};
    case Deed::check_fails:
      return frame.site.fail_reasons;
    case Deed::reprint:
      return {"unreadable", "label_damaged", "label_lost"};
    case Deed::void_label:
      return {"label_damaged", "wrong_carrier", "address_changed"};
    case Deed::courier_refuses:
      return {"box_damaged", "too_large", "not_accepted", "other"};
    case Deed::incident:
      return {"late", "rude", "parcel_damaged", "other"};
    case Deed::came_back:
      return {"buyer_refused", "not_delivered", "wrong_address", "intercepted", "damaged", "other"};
    case Deed::damaged:
    case Deed::by_hand:
      break;
  }
  return {"other"};
}

void give_reason(Frame& frame, const std::string& reason) {
  const std::string subject = frame.state.subject;
  switch (frame.state.deed) {
    case Deed::short_item:
      frame.act(Verb::short_, {subject, "1", reason});
      break;
    case Deed::differs:
      frame.act(Verb::differs, {subject, reason});
      break;
    case Deed::check_fails:
      frame.act(Verb::check, {subject, "fail", reason});
      break;
    case Deed::reprint:
      frame.act(Verb::reprint, {reason});
      break;
    case Deed::void_label:
      frame.act(Verb::void_, {reason});
      break;
    case Deed::courier_refuses:
      frame.act(Verb::refused_by_courier, {subject, reason});
      break;
    case Deed::incident:
      frame.act(Verb::incident, {reason});
      break;
    case Deed::came_back:
      frame.act(Verb::returned, {subject, reason});
      break;
    case Deed::damaged:
    case Deed::by_hand:
      break;
  }
  close_menu(frame.state);
}

void draw_reasons(Frame& frame) {
  const std::vector<std::string> reasons = reasons_of(frame);
  std::vector<Choice> choices;
  for (const std::string& reason : reasons)
    choices.push_back({"reason " + reason, Icon::note, reason_name(reason, frame.language())});
  if (const auto pressed = draw_choices(frame, frame.layout.stage, choices))
    give_reason(frame, reasons[*pressed]);
}

void draw_carriers(Frame& frame) {
  std::vector<Choice> choices;
  for (const std::string& carrier : frame.site.carriers)
    choices.push_back({"carrier " + carrier, Icon::truck, frame.carrier(carrier)});
  if (const auto pressed = draw_choices(frame, frame.layout.stage, choices)) {
    frame.act(Verb::handover, {frame.site.carriers[*pressed]});
    close_menu(frame.state);
  }
}

void draw_parked(Frame& frame) {
  std::vector<Choice> choices;
  for (const station::ParkedView& parked : frame.view.parked) {
    const DueWords due = due_words(frame, parked.ship_by, parked.last_visit);
    choices.push_back({"parked " + parked.number,
                       due.urgency == Urgency::none ? Icon::park : Icon::warning,
                       short_number(parked.number), due.text});
  }
  if (const auto pressed = draw_choices(frame, frame.layout.stage, choices)) {
    frame.act(Verb::open, {frame.view.parked[*pressed].number});
    close_menu(frame.state);
  }
}

struct Heading {
  Msg title, sub;
};
Heading heading_of(Menu menu) {
  switch (menu) {
    case Menu::pick_item:
      return {Msg::which_item, Msg::which_item_sub};
    case Menu::reasons:
      return {Msg::why, Msg::why_sub};
    case Menu::carriers:
      return {Msg::choose_carrier, Msg::choose_carrier_sub};
    case Menu::left_behind:
      return {Msg::left_behind, Msg::left_behind_sub};
    case Menu::parked:
      return {Msg::which_order, Msg::which_order_sub};
    case Menu::weight_pad:
      return {Msg::enter_weight, Msg::weight_pad_sub};
    case Menu::count_pad:
      return {Msg::courier_counts, Msg::courier_counts_sub};
    case Menu::came_back:
      return {Msg::came_back, Msg::came_back_sub};
    case Menu::lists:
    case Menu::list:
    case Menu::none:
    case Menu::more:
      break;
  }
  return {Msg::more_title, Msg::more_sub};
}

}  // namespace

void draw_menu(Frame& frame) {
  const bool lists = frame.state.menu == Menu::lists || frame.state.menu == Menu::list;
  if (lists) {
    draw_top(frame, list_cue(frame));
    draw_actions(frame, list_actions(frame));
    return frame.state.menu == Menu::lists ? draw_list_choice(frame) : draw_list(frame);
  }
  const Heading heading = heading_of(frame.state.menu);
  const bool dock = frame.state.lane == station::LaneId::dock;
  const Icon icon = frame.state.menu == Menu::came_back ? Icon::scan_label : Icon::more;
  const bool names_box = frame.state.menu == Menu::reasons && frame.state.deed == Deed::came_back;
  draw_top(frame,
           {icon, dock ? palette::dock : palette::ink, frame.say(heading.title),
            names_box ? grouped_waybill(frame.state.subject) : frame.say(heading.sub), true, true});
  Actions actions;
  actions[2] = back_action(frame);
  draw_actions(frame, actions);
  switch (frame.state.menu) {
    case Menu::more:
      return draw_more(frame);
    case Menu::pick_item:
      return draw_pick_item(frame);
    case Menu::reasons:
      return draw_reasons(frame);
    case Menu::carriers:
      return draw_carriers(frame);
    case Menu::left_behind:
      return draw_left_behind(frame);
    case Menu::parked:
      return draw_parked(frame);
    case Menu::came_back:
      return draw_came_back(frame);
    case Menu::weight_pad:
      if (draw_pad(frame, frame.layout.stage, false)) {
        frame.act(Verb::weight, {frame.state.digits});
        close_menu(frame.state);
      }
      return;
    case Menu::count_pad:
      if (draw_pad(frame, frame.layout.stage, false)) {
        frame.act(Verb::close_manifest, {frame.state.digits});
        close_menu(frame.state);
      }
      return;
    case Menu::lists:
    case Menu::list:
    case Menu::none:
      return;
  }
}

}  // namespace packbench::ui
