// Where everything stands: the lists to choose from, and one of them page by page. It is read when
// it is asked for and stays as it was then.
#include <algorithm>
#include <array>

#include "ui/list_page.h"
#include "ui/list_words.h"
#include "ui/widgets.h"

namespace packbench::ui {
namespace {

struct ListKey {
  const char* name;
  Msg label;
  Icon icon;
};
constexpr std::array kLists{
    ListKey{"to-pack", Msg::list_to_pack, Icon::box},
    ListKey{"packing", Msg::list_packing, Icon::tape},
    ListKey{"waiting", Msg::list_waiting, Icon::park},
    ListKey{"pending", Msg::list_pending, Icon::doubt},
    ListKey{"recorded", Msg::list_recorded, Icon::tick},
    ListKey{"anomalies", Msg::list_anomalies, Icon::warning},
    ListKey{"intercept", Msg::list_intercept, Icon::refused},
    ListKey{"pickups", Msg::list_pickups, Icon::truck},
    ListKey{"affected", Msg::list_affected, Icon::note},
};

constexpr float kGap = 10;

void ask_for(Frame& frame, const std::string& name) {
  frame.state.menu = Menu::list;
  frame.state.subject = name;
  frame.state.page = 0;
  if (frame.ask_list != nullptr) *frame.ask_list = name;
}

float row_height(const Frame& frame) {
  return frame.layout.shape == Shape::portrait ? 140.0F : 100.0F;
}

std::size_t rows_a_page(const Frame& frame) {
  const float rows = (frame.layout.stage.h + kGap) / (row_height(frame) + kGap);
  return static_cast<std::size_t>(std::max(1.0F, rows));
}

std::size_t page_count(const Frame& frame, std::size_t rows) {
  const std::size_t each = rows_a_page(frame);
  return std::max<std::size_t>(1, (rows + each - 1) / each);
}

// The page that the screen waits for is not that of the list before it.
const ListPage* shown_list(const Frame& frame) {
  const ListPage* list = frame.list;
  return list != nullptr && list->name == frame.state.subject ? list : nullptr;
}

void draw_row(Frame& frame, Box box, const RowWords& words) {
  const bool at_risk = words.urgency == Urgency::at_risk;
  const bool late = words.urgency == Urgency::late;
  frame.canvas.bordered(box, at_risk ? palette::attn_tint : palette::panel,
                        late      ? palette::refuse
                        : at_risk ? palette::ink
                                  : palette::line,
                        at_risk ? 3 : 2, 8);
  const float money_width =
      words.money.empty() ? 0 : frame.canvas.measure(words.money, Face::b30) + 4;
  const Box inside{box.x + 20, box.y + 8, box.w - 40, box.h - 16};
  frame.canvas.text({inside.x, inside.y, 350, 44}, words.title,
                    {Face::b30, palette::ink, Align::left, Fit::step_down});
  if (!words.money.empty())
    frame.canvas.text({inside.right() - money_width, inside.y, money_width, 44}, words.money,
                      {Face::b30, palette::ink, Align::right, Fit::step_down});
  // Where rows are broad it stands beside the title, else it has a second line to go to.
  const bool beside = frame.layout.shape != Shape::portrait;
  if (beside)
    frame.canvas.text({inside.x + 360, inside.y, inside.w - money_width - 390, 44}, words.kind,
                      {Face::r24, palette::ink, Align::right, Fit::ellipsis});
  frame.canvas.text({inside.x, inside.y + 44, inside.w, inside.h - 44},
                    beside || words.kind.empty() ? words.detail : words.kind + " · " + words.detail,
                    {Face::r24, palette::ink, Align::left, Fit::ellipsis});
}

void say_instead(Frame& frame, Msg words) {
  draw_card(frame, frame.layout.stage);
  frame.canvas.text(frame.layout.stage, frame.say(words),
                    {Face::b40, palette::ink, Align::center, Fit::step_down});
}

}  // namespace

void draw_list_choice(Frame& frame) {
  std::vector<Choice> choices;
  for (const ListKey& list : kLists)
    choices.push_back({"list " + std::string(list.name), list.icon, frame.say(list.label)});
  if (const auto pressed = draw_choices(frame, frame.layout.stage, choices))
    ask_for(frame, kLists[*pressed].name);
}

void draw_list(Frame& frame) {
  const ListPage* list = shown_list(frame);
  if (list == nullptr) return say_instead(frame, Msg::list_reading);
  if (list->failed) return say_instead(frame, Msg::list_failed);
  if (list->rows.empty()) return say_instead(frame, Msg::list_empty);
  const Box stage = frame.layout.stage;
  const std::size_t each = rows_a_page(frame);
  const std::size_t pages = page_count(frame, list->rows.size());
  const std::size_t first = std::min(frame.state.page, pages - 1) * each;
  float y = stage.y;
  for (std::size_t i = first; i < std::min(first + each, list->rows.size()); ++i) {
    draw_row(frame, {stage.x, y, stage.w, row_height(frame)}, row_words(frame, list->rows[i]));
    y += row_height(frame) + kGap;
  }
}

Cue list_cue(const Frame& frame) {
  Cue cue{Icon::list, palette::ink, frame.say(Msg::lists), frame.say(Msg::lists_sub), true, true};
  const auto known = std::find_if(kLists.begin(), kLists.end(), [&](const ListKey& list) {
    return frame.state.subject == list.name;
  });
  if (frame.state.menu != Menu::list || known == kLists.end()) return cue;
  cue.title = frame.say(known->label);
  cue.sub = "";
  const ListPage* list = shown_list(frame);
  if (list == nullptr || list->failed) return cue;
  const std::size_t pages = page_count(frame, list->rows.size());
  cue.sub = frame.say(Msg::list_count, {std::to_string(list->count),
                                        std::to_string(std::min(frame.state.page, pages - 1) + 1),
                                        std::to_string(pages)});
  return cue;
}

Actions list_actions(Frame& frame) {
  Actions actions;
  actions[2] = back_action(frame);
  const ListPage* list = shown_list(frame);
  if (frame.state.menu != Menu::list || list == nullptr) return actions;
  const std::size_t pages = page_count(frame, list->rows.size());
  if (pages < 2) return actions;
  Action before{"page before", Icon::previous, frame.say(Msg::key_page_before), {}};
  if (frame.state.page > 0) before.press = [&frame] { --frame.state.page; };
  Action after{"page after", Icon::next, frame.say(Msg::key_page_after), {}};
  if (frame.state.page + 1 < pages) after.press = [&frame] { ++frame.state.page; };
  actions[0] = before;
  actions[1] = after;
  return actions;
}

}  // namespace packbench::ui
