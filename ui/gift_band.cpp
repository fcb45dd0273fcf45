// The band over a gift: what the card says and what became of it.
#include <algorithm>

#include "ui/widgets.h"

namespace packbench::ui {

namespace {

// What the cards of the gifts in this box say.
std::string gift_words(const station::StationView& view) {
  std::string words;
  for (const station::OrderView& order : view.orders) {
    if (order.gift_message.empty()) continue;
    words += (words.empty() ? "" : " / ") + order.gift_message;
  }
  return words;
}

// What became of the cards, the worst first; nothing while none was asked for.
struct Chip {
  Msg words = Msg::card_printed;
  Icon icon = Icon::tick;
  Color ground = palette::ok, ink = palette::panel;
};
std::optional<Chip> chip_of(const station::StationView& view) {
  std::optional<Chip> chip;
  for (const station::OrderView& order : view.orders) {
    const std::string& card = order.gift_card;
    if (card == "rejected" || card == "unprintable" || card == "unknown")
      return Chip{Msg::card_failed, Icon::warning, palette::attn, palette::ink};
    if (card == "requested")
      chip = Chip{Msg::card_printing, Icon::printer, palette::panel, palette::ink};
    if (card == "printed" && !chip) chip = Chip{};
  }
  return chip;
}

// At the right end of the band; the width it took.
float draw_chip(Frame& frame, Box band, const Chip& chip) {
  const std::string words = frame.say(chip.words);
  const float width = frame.canvas.measure(words, Face::b24) + 76;
  const Box box{band.right() - width - 10, band.y + 9, width, band.h - 18};
  frame.canvas.fill(box, chip.ground, 6);
  frame.canvas.icon(chip.icon, {box.x + 12, box.cy() - 17, 34, 34}, chip.ink);
  frame.canvas.text({box.x + 54, box.y, box.w - 62, box.h}, words, {Face::b24, chip.ink});
  return width + 10;
}

}  // namespace

bool has_gift(const station::StationView& view) {
  return std::any_of(view.orders.begin(), view.orders.end(), [](const station::OrderView& order) {
    return order.gift || !order.gift_card.empty();
  });
}

void draw_gift_band(Frame& frame, Box box) {
  Canvas& canvas = frame.canvas;
  canvas.fill(box, palette::gift, 8);
  canvas.icon(Icon::gift, {box.x + 18, box.y + 14, 36, 36}, palette::panel);
  const float used = canvas.text({box.x + 74, box.y, 200, box.h}, frame.say(Msg::gift),
                                 {Face::b30, palette::panel});
  const auto chip = chip_of(frame.view);
  const float taken = chip ? draw_chip(frame, box, *chip) : 0;
  const std::string words = gift_words(frame.view);
  // A message alone asks for its card, and says nothing of prices.
  const bool gift = std::any_of(frame.view.orders.begin(), frame.view.orders.end(),
                                [](const station::OrderView& order) { return order.gift; });
  const std::string rule = words.empty() ? frame.say(Msg::gift_rule)
                           : gift        ? frame.say(Msg::gift_card, {words})
                                         : frame.say(Msg::card_words, {words});
  const Box room{box.x + 96 + used, box.y - 2, box.w - used - 116 - taken, box.h + 4};
  const bool one_line = canvas.measure(rule, Face::r30) <= room.w;
  canvas.text(room, rule,
              {one_line ? Face::r30 : Face::r24, palette::panel, Align::left, Fit::ellipsis});
}

}  // namespace packbench::ui
