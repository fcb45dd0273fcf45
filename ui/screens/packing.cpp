// Packing: the piece wanted now, as the listing promised it, and what is in the box already.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/widgets.h"

namespace packbench::ui {

namespace {

std::string named(const Frame& frame, const station::PartView& part) {
  const std::string gap = frame.language() == Language::zh ? " " : ", ";
  return part.variant.empty() ? part.name : part.name + gap + part.variant;
}

struct Counted {
  int packed = 0, wanted = 0;
};
Counted counted(const station::StationView& view) {
  Counted sum;
  for (const Wanted& piece : pieces_of(view)) {
    sum.packed += piece.part->packed;
    sum.wanted += piece.part->wanted;
  }
  return sum;
}

Cue cue_of(const Frame& frame, const Wanted& wanted) {
  const auto& view = frame.view;
  for (const station::OrderView& order : view.orders) {
    if (order.stopped)
      return {Icon::refused, palette::attn, frame.say(Msg::order_stopped),
              frame.say(Msg::order_stopped_sub)};
    if (order.held) {
      const std::string why =
          order.hold_detail.empty() ? order.hold_code : order.hold_code + " " + order.hold_detail;
      const station::Alert hold{station::AlertCode::order_on_hold, {{"reason", why}}};
      return {Icon::warning, palette::attn, station::alert_text(hold, frame.language()),
              station::alert_next(hold, frame.language())};
    }
  }
  const Counted sum = counted(view);
  std::string sub = frame.say(Msg::item_of, {std::to_string(std::min(sum.packed + 1, sum.wanted)),
                                             std::to_string(sum.wanted)});
  if (view.quantity > 1)
    sub += "  ·  " + frame.say(Msg::quantity_times, {std::to_string(view.quantity)});
  if (wanted.part == nullptr)
    return {Icon::scan_code, palette::ink, frame.say(Msg::scan_item), sub};
  const Msg deed = wanted.part->no_barcode ? Msg::tap_item : Msg::scan_item_named;
  return {wanted.part->no_barcode ? Icon::supervisor : Icon::scan_code, palette::ink,
          frame.say(deed, {named(frame, *wanted.part)}), sub};
}

// The buyer's and the seller's own words; where they cannot be read, that there are some.
std::string note_of(const Frame& frame, const station::OrderView& order) {
  if (!order.has_note) return "";
  std::string words = order.buyer_note;
  if (!words.empty() && !order.seller_note.empty()) words += " / ";
  words += order.seller_note;
  return words.empty() ? frame.say(Msg::see_note) : frame.say(Msg::note, {words});
}

std::string joined(const std::vector<std::string>& words, Language language) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += language == Language::zh ? "、" : ", ";
    out += word;
  }
  return out;
}

// At the foot of the box, as high as the words need; the height it took.
float draw_note(Frame& frame, Box box, const station::OrderView& order) {
  const std::string note = note_of(frame, order);
  if (note.empty()) return 0;
  constexpr float kLine = 34;
  const float lines = std::ceil(frame.canvas.measure(note, Face::b24) / (box.w * 0.9F));
  const float height = std::min(kLine * std::min(lines, 3.0F) + 12, box.h);
  const Box ground{box.x, box.bottom() - height, box.w, height};
  frame.canvas.fill(ground, palette::attn_tint, 6);
  frame.canvas.text(ground.inset(6), note,
                    {Face::b24, palette::ink, Align::left, Fit::ellipsis, true});
  return height + 8;
}

void draw_product_text(Frame& frame, Box box, const Wanted& wanted) {
  Canvas& canvas = frame.canvas;
  const station::PartView& part = *wanted.part;
  const bool upright = frame.layout.shape == Shape::portrait;
  canvas.text({box.x, box.y, box.w, 60}, part.name,
              {Face::b40, palette::ink, Align::left, Fit::step_down});
  const std::string deciding = part.variant.empty() ? part.sku : part.variant;
  const float room = upright ? 160.0F : 96.0F;
  canvas.text({box.x, box.y + 58, box.w, room}, deciding,
              {Face::b64, palette::ink, Align::left, Fit::step_down, upright});
  const float y = box.y + 64 + room;
  const float note = draw_note(frame, {box.x, y, box.w, box.bottom() - 44 - y}, *wanted.order);
  const Box title{box.x, y, box.w, box.bottom() - 44 - note - y};
  if (title.h >= 34)
    canvas.text(title, part.listing_title,
                {Face::r24, palette::ink2, Align::left, Fit::ellipsis, true});
  if (part.accessories.empty()) return;
  canvas.text({box.x, box.bottom() - 40, box.w, 40},
              frame.say(Msg::with_accessories, {joined(part.accessories, frame.language())}),
              {Face::b24, palette::ink, Align::left, Fit::ellipsis});
}

void draw_product(Frame& frame, Box box, const Wanted& wanted) {
  Canvas& canvas = frame.canvas;
  const bool by_hand = wanted.part->no_barcode;
  if (by_hand) {
    if (canvas.target("by hand", box).clicked) frame.act(station::Verb::item, {wanted.part->sku});
    canvas.bordered(box, palette::panel, palette::ink, 8, 8);
  } else {
    draw_card(frame, box);
  }
  const float most = frame.layout.shape == Shape::portrait ? box.w * 0.6F : box.w * 0.36F;
  const float width = std::min(box.h - 24, most);
  const float rim = by_hand ? 20 : 12;
  const Box image{box.x + rim, box.y + rim, width - (rim - 12), box.h - 2 * rim};
  draw_product_picture(frame, image, wanted.part->image);
  const float x = image.right() + 32;
  draw_product_text(frame, {x, box.y + 8, box.right() - 20 - x, box.h - 18}, wanted);
}

enum class PieceState { packed, next, open, stopped };

struct Piece {
  const station::PartView* part = nullptr;
  std::string count;  // "1/2", empty for one
  PieceState state = PieceState::open;
  bool flash = false;
};

std::vector<Piece> piece_list(const Frame& frame, const Wanted& wanted) {
  std::vector<Piece> pieces;
  for (const Wanted& each : pieces_of(frame.view)) {
    const station::PartView& part = *each.part;
    if (part.wanted == 0) continue;
    Piece piece{&part, "", PieceState::open, false};
    if (part.packed >= part.wanted) piece.state = PieceState::packed;
    if (wanted.part == &part) piece.state = PieceState::next;
    if (part.wanted > 1)
      piece.count = std::to_string(part.packed) + "/" + std::to_string(part.wanted);
    piece.flash = part.sku == frame.state.flash_sku && frame.state.flash_until_ms > frame.ticks_ms;
    pieces.push_back(piece);
  }
  return pieces;
}

void draw_piece_ground(Frame& frame, Box box, const Piece& piece) {
  if (piece.flash) {
    frame.canvas.fill(box, palette::ok, 8);
  } else if (piece.state == PieceState::next) {
    frame.canvas.bordered(box, palette::panel, palette::ink, 4, 8);
  } else {
    draw_card(frame, box, piece.state == PieceState::packed ? palette::ok_tint : palette::panel);
  }
}

void draw_mark(Frame& frame, Box image, const Piece& piece) {
  if (piece.state == PieceState::next && piece.count.empty()) {
    frame.canvas.icon(piece.part->no_barcode ? Icon::supervisor : Icon::scan_this, image.inset(4),
                      palette::ink);
    return;
  }
  draw_product_picture(frame, image, piece.part->image);
  if (piece.state == PieceState::packed)
    frame.canvas.icon(Icon::check_disc, {image.right() - 20, image.bottom() - 34, 40, 40},
                      piece.flash ? palette::panel : palette::ok);
}

// A square with the picture above the name.
void draw_piece_tile(Frame& frame, Box box, const Piece& piece) {
  draw_piece_ground(frame, box, piece);
  const bool whole = piece.state == PieceState::next && piece.count.empty();
  draw_mark(frame, {whole ? box.cx() - 36 : box.x + 10, box.y + 10, 72, 72}, piece);
  const Color color = piece.flash ? palette::panel : palette::ink;
  const bool next = piece.state == PieceState::next;
  const Msg deed = piece.part->no_barcode ? Msg::press_this : Msg::scan_this;
  if (!piece.count.empty())
    frame.canvas.text({box.x + 84, box.y + 10, box.w - 90, 40}, piece.count,
                      {Face::b24, color, Align::center, Fit::step_down});
  frame.canvas.text({box.x + 6, box.bottom() - 42, box.w - 12, 36},
                    next && piece.count.empty() ? frame.say(deed) : piece.part->name,
                    {next ? Face::b24 : Face::r24, color, Align::center, Fit::ellipsis});
}

// The picture beside name and variant, where there is room for it.
void draw_piece_row(Frame& frame, Box box, const Piece& piece) {
  draw_piece_ground(frame, box, piece);
  const float side = std::min(80.0F, box.h - 24);
  draw_mark(frame, {box.x + 12, box.cy() - side / 2, side, side}, piece);
  const Color color = piece.flash ? palette::panel : palette::ink;
  const float x = box.x + side + 40;
  const float w = box.right() - 12 - x;
  const Msg deed = piece.part->no_barcode ? Msg::press_this : Msg::scan_this;
  const std::string sub = piece.state == PieceState::next ? frame.say(deed) : piece.part->variant;
  frame.canvas.text({x, box.cy() - 42, w, 42}, piece.part->name,
                    {Face::b30, color, Align::left, Fit::ellipsis});
  frame.canvas.text({x, box.cy() + 2, w, 36}, piece.count.empty() ? sub : piece.count + "  " + sub,
                    {Face::r24, color, Align::left, Fit::ellipsis});
}

void draw_piece_lines(Frame& frame, Box box, const std::vector<Piece>& pieces) {
  draw_card(frame, box);
  auto room = static_cast<std::size_t>((box.h - 8) / 38);
  if (pieces.size() > room && room > 2) --room;  // for the line that says how many are not shown
  // The one wanted now is always among those shown.
  std::size_t first = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].state == PieceState::next && i + 2 > room) first = i + 2 - room;
  }
  first = std::min(first, pieces.size() > room ? pieces.size() - room : 0);
  float y = box.y + 4;
  for (std::size_t i = first; i < pieces.size() && i < first + room; ++i, y += 38) {
    const Piece& piece = pieces[i];
    const bool next = piece.state == PieceState::next;
    const bool packed = piece.state == PieceState::packed;
    if (packed) frame.canvas.icon(Icon::check_disc, {box.x + 12, y + 5, 28, 28}, palette::ok);
    if (next) frame.canvas.icon(Icon::scan_this, {box.x + 12, y + 5, 28, 28}, palette::ink);
    const std::string count =
        std::to_string(piece.part->packed) + "/" + std::to_string(piece.part->wanted);
    frame.canvas.text({box.right() - 92, y, 80, 38}, count,
                      {Face::b24, palette::ink, Align::right, Fit::step_down});
    frame.canvas.text({box.x + 52, y, box.w - 150, 38}, named(frame, *piece.part),
                      {next ? Face::b24 : Face::r24, palette::ink, Align::left, Fit::ellipsis});
  }
  if (pieces.size() <= room || y + 38 > box.bottom()) return;
  frame.canvas.text({box.x + 52, y, box.w - 64, 38},
                    frame.say(Msg::and_more, {std::to_string(pieces.size() - room)}),
                    {Face::r24, palette::ink2});
}

// Beyond so many tiles they become lines of a list.
std::size_t tiles_most(float width) {
  return width > 1200 ? 4 : 3;
}

void draw_pieces(Frame& frame, Box box, const std::vector<Piece>& pieces) {
  const bool tiles = box.w < 500;  // beside the pack card
  const std::size_t most = tiles_most(box.w);
  if (pieces.size() > most) return draw_piece_lines(frame, box, pieces);
  const float gap = tiles ? 8 : 12;
  const auto count = static_cast<float>(tiles ? most : std::max<std::size_t>(pieces.size(), 2));
  const float width = (box.w - gap * (count - 1)) / count;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Box each{box.x + static_cast<float>(i) * (width + gap), box.y, width, box.h};
    if (tiles) {
      draw_piece_tile(frame, each, pieces[i]);
    } else {
      draw_piece_row(frame, each, pieces[i]);
    }
  }
}

// Each line of the card as wide as it needs, the rest shared out; its detail counts where there is
// room for all of them.
std::vector<float> card_widths(Frame& frame, float room, float icon) {
  std::vector<float> titles, whole;
  for (const station::CardView& card : frame.view.cards) {
    titles.push_back(icon + 24 + frame.canvas.measure(frame.say(card.title), Face::b30));
    const float detail = icon + 24 + frame.canvas.measure(frame.say(card.detail), Face::r24);
    whole.push_back(std::max(titles.back(), detail));
  }
  const float sum = std::accumulate(whole.begin(), whole.end(), 0.0F);
  std::vector<float> widths = sum <= room ? whole : titles;
  const float taken = std::accumulate(widths.begin(), widths.end(), 0.0F);
  const float spare = (room - taken) / static_cast<float>(widths.size());
  for (float& width : widths) width = spare >= 0 ? width + spare : width * room / taken;
  return widths;
}

void draw_card_line(Frame& frame, Box cell, const station::CardView& card, float icon, float gap) {
  Canvas& canvas = frame.canvas;
  canvas.icon(icon_named(card.icon), {cell.x, cell.cy() - icon / 2, icon, icon}, palette::ink);
  const float x = cell.x + icon + gap;
  const float w = cell.right() - x - 4;
  const std::string detail = frame.say(card.detail);
  // The second line is given up before the first is cut.
  const bool both = canvas.measure(detail, Face::r24) <= w;
  canvas.text({x, cell.cy() - (both ? 40.0F : 34.0F), w, both ? 40.0F : 68.0F},
              frame.say(card.title), {Face::b30, palette::ink, Align::left, Fit::step_down});
  if (both) canvas.text({x, cell.cy() + 2, w, 34}, detail, {Face::r24, palette::ink2});
}

// In a row below the pieces, or in a column beside the product.
void draw_pack_card(Frame& frame, Box box, bool column) {
  draw_card(frame, box);
  frame.canvas.text({box.x + 20, box.y + 6, box.w - 40, 36}, frame.say(Msg::pack_like_this),
                    {Face::r24, palette::ink2});
  const auto& cards = frame.view.cards;
  if (cards.empty()) return;
  if (column) {
    const float step = (box.h - 52) / 3;
    for (std::size_t i = 0; i < cards.size(); ++i)
      draw_card_line(frame,
                     {box.x + 20, box.y + 48 + static_cast<float>(i) * step, box.w - 36, step},
                     cards[i], 56, 24);
    return;
  }
  const std::vector<float> widths = card_widths(frame, box.w - 36, 40);
  float x = box.x + 20;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    draw_card_line(frame, {x, box.y + 40, widths[i], box.h - 46}, cards[i], 40, 9);
    x += widths[i];
  }
}

// Where the four parts of the stage lie.
struct PackingPlaces {
  Box product, pieces, card;
  bool card_column = false;
};

PackingPlaces packing_places(const Frame& frame, float top, std::size_t pieces) {
  const Box stage = frame.layout.stage;
  const float foot = stage.bottom() - 36;
  PackingPlaces places;
  if (frame.layout.shape == Shape::portrait) {
    places.card = {stage.x, foot - 128, stage.w, 128};
    places.pieces = {stage.x, places.card.y - 136, stage.w, 120};
    places.product = {stage.x, top, stage.w, places.pieces.y - 16 - top};
  } else if (stage.w > 1200) {
    places.card_column = true;
    places.pieces = {stage.x, foot - 126, stage.w, 126};
    const float height = places.pieces.y - 16 - top;
    places.card = {stage.right() - 340, top, 340, height};
    places.product = {stage.x, top, stage.w - 356, height};
  } else if (stage.h > 600) {
    places.card = {stage.x, foot - 128, stage.w, 128};
    places.pieces = {stage.x, places.card.y - 114, stage.w, 98};
    places.product = {stage.x, top, stage.w, places.pieces.y - 16 - top};
  } else if (pieces > tiles_most(400)) {
    places.card = {stage.x, foot - 128, stage.w, 128};
    const float height = places.card.y - 16 - top;
    places.pieces = {stage.right() - 400, top, 400, height};
    places.product = {stage.x, top, stage.w - 416, height};
  } else {
    places.card = {stage.x + 416, foot - 128, stage.w - 416, 128};
    places.pieces = {stage.x, foot - 128, 400, 128};
    places.product = {stage.x, top, stage.w, places.pieces.y - 16 - top};
  }
  return places;
}

void draw_packing_actions(Frame& frame, const Wanted& wanted) {
  const auto ask = [&frame](Deed deed) {
    return [&frame, deed] {
      frame.state.menu = Menu::pick_item;
      frame.state.deed = deed;
    };
  };
  Actions actions;
  if (wanted.part != nullptr) {
    actions[0] = Action{"differs", Icon::differs, frame.say(Msg::key_differs), ask(Deed::differs)};
    actions[1] = Action{"short", Icon::box_short, frame.say(Msg::key_short), ask(Deed::short_item)};
  }
  actions[2] = undo_action(frame, counted(frame.view).packed > 0);
  actions[3] = more_action(frame);
  draw_actions(frame, actions);
}

}  // namespace

void draw_packing(Frame& frame) {
  const Wanted wanted = wanted_now(frame.view);
  draw_top(frame, cue_of(frame, wanted));
  const Box stage = frame.layout.stage;
  float top = stage.y;
  if (has_gift(frame.view)) {
    draw_gift_band(frame, {stage.x, stage.y, stage.w, 64});
    top += 80;
  }
  const std::vector<Piece> pieces = piece_list(frame, wanted);
  const PackingPlaces places = packing_places(frame, top, pieces.size());
  if (wanted.part != nullptr) {
    draw_product(frame, places.product, wanted);
  } else {
    draw_card(frame, places.product);
    frame.canvas.picture("parcel", places.product.inset(24));
  }
  draw_pieces(frame, places.pieces, pieces);
  draw_pack_card(frame, places.card, places.card_column);
  const Box meta{stage.x + 4, stage.bottom() - 28, stage.w - 8, 36};
  const std::string wave = frame.view.wave.empty() ? "" : frame.say(Msg::wave, {frame.view.wave});
  const float used = frame.canvas.measure(wave, Face::r24);
  frame.canvas.text({meta.x, meta.y, meta.w - used - 24, meta.h}, order_line(frame),
                    {Face::r24, palette::ink2, Align::left, Fit::ellipsis});
  frame.canvas.text({meta.right() - used - 2, meta.y, used + 2, meta.h}, wave,
                    {Face::r24, palette::ink2, Align::right});
  draw_packing_actions(frame, wanted);
}

}  // namespace packbench::ui
