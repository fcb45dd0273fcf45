#include "drivers/scanner/code_pages.h"

#include <string_view>

namespace packbench::drivers {
namespace {

// From 0x80 on, sixteen to a line.
constexpr std::u32string_view kCodePage437 =
    U"ÇüéâäàåçêëèïîìÄÅ"
    U"ÉæÆôöòûùÿÖÜ¢£¥₧ƒ"
    U"áíóúñÑªº¿⌐¬½¼¡«»"
    U"░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    U"└┴┬├─┼╞╟╚╔╩╦╠═╬╧"
    U"╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
    U"αßΓπΣσµτΦΘΩδ∞φε∩"
    U"≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0";
static_assert(kCodePage437.size() == 128);

// From 0x80 to 0x9F.
constexpr std::u32string_view kWindows1252 =
    U"€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F"
    U"\x90‘’“”•–—˜™š›œ\x9DžŸ";
static_assert(kWindows1252.size() == 32);

}  // namespace

char32_t code_page_437(std::uint8_t code) {
  return code < 0x80 ? char32_t{code} : kCodePage437[code - 0x80U];
}

char32_t windows_1252(std::uint8_t code) {
  return code < 0x80 || code >= 0xA0 ? char32_t{code} : kWindows1252[code - 0x80U];
}

}  // namespace packbench::drivers
