#include "ui/pictures.h"

#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "ui/theme.h"

namespace packbench::ui {
namespace {

struct Drawing {
  std::string_view name;
  std::uint32_t main;  // the colour that a product's picture may change
  VectorPicture (*draw)(Color main);
};

Color shade(Color c, int percent) {
  const auto part = [&](int v) {
    return static_cast<std::uint8_t>(std::min(255, v * percent / 100));
  };
  return {part(c.r), part(c.g), part(c.b)};
}

constexpr Color kWood = rgb(0xB98654);
constexpr Color kShadow = rgb(0xD9D5CB);
constexpr Color kCarton = rgb(0xC19660);

VectorPicture mug(Color c) {
  return {100,
          100,
          {{kShadow, "R20 80 60 2 1"},
           {shade(c, 86),
            "M64 42 L72 42 C84 42 86 52 86 54 C86 64 78 67 72 67 L62 67 L62 60 L72 60 "
            "C77 60 79 57 79 54 C79 50 76 49 72 49 L62 49 Z"},
           {c, "M23 32 L69 32 L69 70 C69 77 65 80 60 80 L33 80 C27 80 23 76 23 68 Z"},
           {shade(c, 86), "M60 32 L69 32 L69 70 C69 77 65 80 56 80 C60 77 60 74 60 70 Z"},
           {shade(c, 86), "O38 59 6 O46 55 8 O53 59 6 R33 59 25 6 3"},
           {kWood, "R20 26 51 6 1 R42 21 7 6 1"},
           {shade(kWood, 80), "R20 30 51 2 1"}}};
}

VectorPicture shirt(Color c) {
  return {100,
          100,
          {{c, "M36 20 L64 20 L90 34 L82 54 L72 49 L72 84 L28 84 L28 49 L18 54 L10 34 Z"},
           {shade(c, 82), "M38 20 L62 20 C60 32 40 32 38 20 Z R28 80 44 4 0"}}};
}

VectorPicture candle(Color c) {
  return {100,
          100,
          {{kShadow, "R24 84 52 2 1"},
           {rgb(0xF2A33A), "M50 12 C58 22 57 28 50 30 C43 28 42 22 50 12 Z"},
           {palette::ink2, "R49 29 2 9 0"},
           {c, "R28 38 44 46 4"},
           {shade(c, 86), "R62 38 10 46 4"},
           {palette::panel, "R34 54 28 18 2"},
           {palette::ink2, "R38 59 20 2 0 R38 64 14 2 0"}}};
}

VectorPicture vase(Color c) {
  return {100,
          100,
          {{kShadow, "R28 88 44 2 1"},
           {c,
            "M42 10 L58 10 L56 30 C70 40 74 54 72 66 C70 80 64 88 58 88 L42 88 "
            "C36 88 30 80 28 66 C26 54 30 40 44 30 Z"},
           {shade(c, 84),
            "M58 10 L56 30 C70 40 74 54 72 66 C70 80 64 88 54 88 C60 76 63 60 60 48 "
            "C58 40 53 34 52 30 L53 10 Z"}}};
}

VectorPicture apron(Color c) {
  return {100,
          100,
          {{shade(c, 78),
            "M38 26 L38 14 C38 2 62 2 62 14 L62 26 L58 26 L58 14 C58 7 42 7 42 14 "
            "L42 26 Z"},
           {c, "M36 24 L64 24 L64 40 C66 46 72 48 78 48 L78 90 L22 90 L22 48 C28 48 34 46 36 40 Z"},
           {shade(c, 84), "R36 58 28 18 2"}}};
}

VectorPicture cushion(Color c) {
  return {
      100,
      100,
      {{shade(c, 80),
        "M18 20 C40 28 60 28 82 20 C76 42 76 62 82 84 C60 76 40 76 18 84 "
        "C24 62 24 42 18 20 Z"},
       {c,
        "M22 24 C42 31 58 31 78 24 C72 44 72 60 78 80 C58 73 42 73 22 80 C28 60 28 44 22 24 Z"}}};
}

VectorPicture bottle(Color c) {
  return {100,
          100,
          {{kShadow, "R32 90 36 2 1"},
           {palette::ink2, "R43 8 14 10 2"},
           {c,
            "M44 18 L56 18 L56 30 C64 34 68 40 68 48 L68 84 C68 88 66 90 62 90 L38 90 "
            "C34 90 32 88 32 84 L32 48 C32 40 36 34 44 30 Z"},
           {palette::panel, "R32 54 36 22 0"},
           {shade(c, 80), "R38 60 24 3 0 R38 67 16 3 0"}}};
}

VectorPicture book(Color c) {
  return {100,
          100,
          {{c, "R20 12 60 76 3"},
           {shade(c, 80), "R20 12 9 76 2"},
           {palette::panel, "R36 26 36 20 1"},
           {shade(c, 80), "R41 32 26 3 0 R41 38 18 3 0"}}};
}

VectorPicture mat(Color c) {
  return {100,
          100,
          {{shade(c, 84), "O50 50 40"},
           {c, "O50 50 36"},
           {shade(c, 84), "O50 50 24 O50 50 22 F O50 50 20 X"}}};
}

VectorPicture cup(Color c) {
  return {100,
          100,
          {{kShadow, "R28 90 44 2 1"},
           {c, "R32 26 36 64 8"},
           {shade(c, 84), "R58 26 10 64 6"},
           {palette::ink2, "R30 14 40 14 4"},
           {shade(c, 84), "R32 44 36 3 0"}}};
}

VectorPicture tin(Color c) {
  return {100,
          100,
          {{kShadow, "R26 88 48 2 1"},
           {c, "R28 26 44 62 3"},
           {shade(c, 80), "R62 26 10 62 3 R26 18 48 12 3"},
           {palette::panel, "R32 44 28 26 2"},
           {shade(c, 60), "O46 54 6 R36 63 20 3 0"}}};
}

VectorPicture lamp(Color c) {
  return {100,
          100,
          {{kShadow, "R34 88 32 2 1"},
           {c,
            "M50 14 C72 14 80 34 72 48 C68 56 64 60 64 66 L36 66 C36 60 32 56 28 48 "
            "C20 34 28 14 50 14 Z"},
           {palette::ink2, "R38 68 24 20 3"},
           {shade(c, 84), "R44 40 3 26 0 R53 40 3 26 0"}}};
}

VectorPicture socks(Color c) {
  return {100,
          100,
          {{shade(c, 140), "M44 14 L66 14 L66 52 L86 66 C92 72 86 84 76 80 L44 62 Z"},
           {c, "M24 18 L48 18 L48 58 L70 72 C76 78 70 92 60 88 L24 68 Z"},
           {palette::attn, "R24 24 24 5 0"}}};
}

VectorPicture watch(Color c) {
  return {100,
          100,
          {{palette::ink2, "R40 6 20 26 3 R40 68 20 26 3"},
           {c, "O50 50 28"},
           {palette::panel, "O50 50 22"},
           {palette::ink, "R48 34 4 18 0 R48 48 14 4 0 O50 50 3"}}};
}

VectorPicture card(Color c) {
  return {
      100,
      100,
      {{kShadow, "R16 24 72 56 3"},
       {palette::panel, "R12 20 72 56 3"},
       {c,
        "M48 62 C26 48 32 34 41 36 C45 37 48 42 48 42 C48 42 51 37 55 36 C64 34 70 48 48 62 Z"}}};
}

// The label lies on the right-hand face of the box, in its slant.
VectorPicture parcel_of(bool label) {
  VectorPicture picture{410,
                        460,
                        {{rgb(0xD3AE7C), "M205 0 L410 80 L205 160 L0 80 Z"},
                         {kCarton, "M0 80 L205 160 L205 460 L0 380 Z"},
                         {rgb(0xAB8350), "M410 80 L205 160 L205 460 L410 380 Z"},
                         {rgb(0xE9D3AE), "M127 23 L330 103 L295 117 L92 37 Z"}}};
  if (!label) return picture;
  picture.layers.push_back({palette::panel, "M238 190 L382 132 L382 352 L238 410 Z"});
  picture.layers.push_back(
      {palette::ink,
       "M247 196 L326 165 L326 178 L247 209 Z "
       "M249 222 L253 220 L253 268 L249 270 Z M258 218 L261 217 L261 265 L258 266 Z "
       "M268 214 L277 210 L277 258 L268 262 Z M284 208 L287 207 L287 255 L284 256 Z "
       "M293 204 L297 202 L297 250 L293 252 Z M304 200 L313 196 L313 244 L304 248 Z "
       "M322 193 L325 192 L325 240 L322 241 Z M332 189 L341 185 L341 233 L332 237 Z "
       "M348 182 L351 181 L351 229 L348 230 Z M364 176 L373 172 L373 220 L364 224 Z "
       "M248 338 L304 316 L304 376 L248 398 Z "
       "M224 176 L264 160 L264 168 L232 181 L232 217 L224 220 Z "
       "M356 123 L396 107 L396 151 L388 154 L388 118 L356 131 Z "
       "M224 388 L232 385 L232 421 L264 408 L264 416 L224 432 Z "
       "M388 324 L396 321 L396 365 L356 381 L356 373 L388 360 Z"});
  picture.layers.push_back(
      {palette::ink2,
       "M339 160 L373 146 L373 159 L339 173 Z M248 288 L334 254 L334 261 L248 295 Z "
       "M248 303 L356 260 L356 267 L248 310 Z M248 318 L318 290 L318 297 L248 325 Z "
       "M314 322 L370 299 L370 306 L314 329 Z M314 337 L352 321 L352 328 L314 344 Z"});
  return picture;
}

VectorPicture printer_of(int label) {
  VectorPicture picture{280,
                        240,
                        {{palette::ink2, "R0 0 280 122 10"},
                         {palette::ink, "R0 0 280 32 10 R38 100 206 22 0"},
                         {palette::attn, "R226 54 32 32 3"}}};
  if (label == 1) {
    picture.layers.push_back({palette::edge, "R52 108 176 130 2"});
    picture.layers.push_back({palette::panel, "R56 112 168 122 0"});
    picture.layers.push_back({palette::ink,
                              "R70 128 8 42 0 R83 128 4 42 0 R97 128 4 42 0 R105 128 9 42 0 "
                              "R119 128 10 42 0 R134 128 4 42 0 R144 128 4 42 0 R154 128 14 42 0 "
                              "R174 128 3 42 0 R184 128 3 42 0 R198 128 4 42 0 R70 178 42 42 0"});
    picture.layers.push_back({palette::ink2, "R124 182 80 10 0 R124 201 56 10 0"});
  }
  if (label == 2) {
    std::string dashes;
    for (int x = 54; x < 220; x += 24)
      dashes += "R" + std::to_string(x) + " 230 14 4 0 R" + std::to_string(x) + " 122 14 4 0 ";
    for (int y = 126; y < 230; y += 22)
      dashes += "R52 " + std::to_string(y) + " 4 12 0 R226 " + std::to_string(y) + " 4 12 0 ";
    picture.layers.push_back({palette::edge, dashes});
  }
  return picture;
}

VectorPicture gift_bag(Color c) {
  return {220,
          300,
          {{shade(c, 70), "M54 50 L54 0 L168 0 L168 50 L158 50 L158 10 L64 10 L64 50 Z"},
           {c, "R0 50 220 245 3"},
           {shade(c, 125), "R0 50 220 16 0"},
           {shade(c, 70), "M174 66 L220 66 L220 295 L174 295 Z"},
           {rgb(0xF2D9EE), "M48 98 L92 116 L48 142 Z M138 98 L94 116 L138 142 Z"},
           {palette::panel, "R86 108 15 22 3 R28 180 130 86 4"},
           {palette::ink,
            "R40 192 6 46 0 R50 192 3 46 0 R62 192 3 46 0 R70 192 8 46 0 "
            "R84 192 3 46 0 R91 192 10 46 0 R106 192 3 46 0 R114 192 7 46 0 "
            "R127 192 3 46 0 R134 192 9 46 0 R40 246 104 8 0"}}};
}

VectorPicture bubble_roll(Color c) {
  VectorPicture picture{
      100, 100, {{c, "R14 16 60 68 6"}, {shade(c, 84), "O74 50 18 R74 16 10 68 5"}}};
  std::string rings;
  for (int y = 26; y < 80; y += 14) {
    for (int x = 24; x < 66; x += 14)
      rings += "O" + std::to_string(x) + " " + std::to_string(y) + " 5 ";
  }
  picture.layers.push_back({shade(c, 115), rings});
  picture.layers.push_back({palette::edge, "O79 50 7 F O79 50 4 X"});
  return picture;
}

VectorPicture badge(Color c) {
  return {300,
          380,
          {{palette::edge, "R138 0 24 70 4"},
           {c, "R30 50 240 320 16"},
           {palette::panel, "R44 100 212 256 8"},
           {palette::paper, "R130 62 40 14 7"},
           {palette::ink2, "O150 166 34 M92 262 C92 200 208 200 208 262 Z"},
           {palette::ink,
            "R70 284 8 54 0 R84 284 4 54 0 R94 284 4 54 0 R104 284 12 54 0 "
            "R122 284 4 54 0 R132 284 8 54 0 R148 284 4 54 0 R158 284 12 54 0 "
            "R176 284 4 54 0 R186 284 8 54 0 R202 284 4 54 0 R212 284 14 54 0"}}};
}

VectorPicture scale_plate(Color c) {
  return {400,
          300,
          {{kCarton, "R110 20 180 130 4"},
           {rgb(0xE9D3AE), "R180 20 40 130 0"},
           {c, "R40 152 320 22 6 R150 174 100 24 0"},
           {shade(c, 60), "R60 196 280 84 10"},
           {palette::ok_tint, "R130 214 140 48 4"},
           {palette::ink, "R150 226 20 24 3 R180 226 20 24 3 R210 226 20 24 3 R240 244 6 6 0"}}};
}

VectorPicture order_slip(Color) {
  return {240,
          300,
          {{palette::line, "R8 8 232 292 4"},
           {palette::panel, "R0 0 232 292 4"},
           {palette::ink,
            "R24 28 8 60 0 R38 28 4 60 0 R48 28 12 60 0 R66 28 4 60 0 R76 28 8 60 0 "
            "R92 28 4 60 0 R102 28 14 60 0 R122 28 4 60 0 R132 28 4 60 0 "
            "R142 28 12 60 0 R160 28 4 60 0 R170 28 8 60 0 R186 28 4 60 0 "
            "R196 28 12 60 0"},
           {palette::ink2,
            "R24 120 130 12 0 R24 152 184 8 0 R24 176 160 8 0 R24 200 184 8 0 "
            "R24 224 110 8 0"}}};
}

constexpr std::array<Drawing, 25> drawings{{
    {"mug", 0xF5ECDA, mug},
    {"shirt", 0x7F9CB8, shirt},
    {"candle", 0xE8D5B5, candle},
    {"vase", 0x8FB7B3, vase},
    {"apron", 0xB7A99A, apron},
    {"cushion", 0xEFE6D3, cushion},
    {"bottle", 0x6E8B74, bottle},
    {"book", 0x8C5A4F, book},
    {"mat", 0xC9A77C, mat},
    {"cup", 0x3E5C50, cup},
    {"tin", 0x6E8B74, tin},
    {"lamp", 0xF0D9A0, lamp},
    {"socks", 0x3A3F45, socks},
    {"watch", 0x9AA3AB, watch},
    {"card", 0xB4435A, card},
    {"parcel", 0, [](Color) { return parcel_of(false); }},
    {"parcel_label", 0, [](Color) { return parcel_of(true); }},
    {"printer", 0, [](Color) { return printer_of(0); }},
    {"printer_label", 0, [](Color) { return printer_of(1); }},
    {"printer_none", 0, [](Color) { return printer_of(2); }},
    {"gift_bag", 0x6B1B5E, gift_bag},
    {"bubble_roll", 0xB9CDD6, bubble_roll},
    {"badge", 0x12406B, badge},
    {"scale", 0x5E6A75, scale_plate},
    {"order_slip", 0, order_slip},
}};

std::optional<std::uint32_t> hex_color(std::string_view hex) {
  std::uint32_t value = 0;
  const char* end = hex.data() + hex.size();
  const auto [stop, error] = std::from_chars(hex.data(), end, value, 16);
  if (hex.size() != 6 || error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace

VectorPicture picture_named(std::string_view name) {
  if (name.starts_with("drawn:")) name.remove_prefix(6);
  const std::size_t mark = name.find('#');
  const std::string_view word = name.substr(0, mark);
  const auto color =
      mark == std::string_view::npos ? std::nullopt : hex_color(name.substr(mark + 1));
  for (const Drawing& drawing : drawings) {
    if (drawing.name == word) return drawing.draw(rgb(color.value_or(drawing.main)));
  }
  return {96,
          96,
          {{palette::edge,
            "M48 12 L84 30 L48 48 L12 30 Z M10 36 L45 53 L45 88 L10 71 Z "
            "M86 36 L51 53 L51 88 L86 71 Z"}}};
}

}  // namespace packbench::ui
