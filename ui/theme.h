// Theme: the palette and the faces that every screen draws with. Colour only repeats what shape,
// place and word already say. Contrast ratios are kept by tests/unit/ui_screens_test.cpp.
#pragma once

#include <array>
#include <cstdint>

namespace packbench::ui {

struct Color {
  std::uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Color&) const = default;
};

constexpr Color rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16 & 0xFF), static_cast<std::uint8_t>(hex >> 8 & 0xFF),
          static_cast<std::uint8_t>(hex & 0xFF)};
}

namespace palette {
inline constexpr Color ink = rgb(0x14171A);
inline constexpr Color ink2 = rgb(0x43484D);
inline constexpr Color paper = rgb(0xECEAE4);
inline constexpr Color panel = rgb(0xFFFFFF);
inline constexpr Color rail_text = rgb(0xC9CDD0);  // on ink only
inline constexpr Color edge = rgb(0x6E6B64);
inline constexpr Color line = rgb(0xCFCBC1);  // decoration, carries no meaning
inline constexpr Color track = rgb(0xD9D5CB);
inline constexpr Color ok = rgb(0x00594C);
inline constexpr Color ok_tint = rgb(0xDCE8E3);
inline constexpr Color refuse = rgb(0xA3121A);
inline constexpr Color refuse_strip = rgb(0x7C0A11);
inline constexpr Color attn = rgb(0xFFBF00);
inline constexpr Color attn_tint = rgb(0xFFF1C7);
inline constexpr Color gift = rgb(0x6B1B5E);
inline constexpr Color dock = rgb(0x12406B);
inline constexpr Color picture = rgb(0xE1E5E7);
}  // namespace palette

// Em in base units and weight. The smallest text there is has 24.
enum class Face { r24, b24, r30, b30, b40, b64, b112 };
inline constexpr std::size_t kFaces = 7;

struct FaceInfo {
  float em = 24;
  bool bold = false;
};
constexpr FaceInfo face_info(Face face) {
  constexpr std::array<FaceInfo, kFaces> faces{
      {{24, false}, {24, true}, {30, false}, {30, true}, {40, true}, {64, true}, {112, true}}};
  return faces[static_cast<std::size_t>(face)];
}

// Noto Sans CJK SC's ascent + descent; Dear ImGui asks for this and not for the em.
inline constexpr float kLineBoxPerEm = 1.448F;
// Where the middle of a hanzi lies in that box.
inline constexpr float kMiddleOfLineBox = 0.556F;

}  // namespace packbench::ui
