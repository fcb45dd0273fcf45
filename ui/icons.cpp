#include "ui/icons.h"

#include <array>
#include <utility>

#include "base/check.h"

namespace packbench::ui {
namespace {

#define PACKBENCH_SCAN_CORNERS                                                         \
  "M4 4 L26 4 L26 14 L14 14 L14 26 L4 26 Z M70 4 L92 4 L92 26 L82 26 L82 14 L70 14 Z " \
  "M4 70 L14 70 L14 82 L26 82 L26 92 L4 92 Z M92 70 L92 92 L70 92 L70 82 L82 82 L82 70 Z F "

struct Row {
  Icon icon;
  std::string_view path;
};

using enum Icon;
constexpr std::array<Row, static_cast<std::size_t>(count_)> rows{{
    {scan_code, PACKBENCH_SCAN_CORNERS
     "R22 26 9 44 0 R35 26 4 44 0 R42 26 4 44 0 R50 26 12 44 0 R66 26 3 44 0 R72 26 4 44 0"},
    {scan_label, PACKBENCH_SCAN_CORNERS
     "R23 22 50 52 2 F R29 28 4 16 0 R36 28 7 16 0 R46 28 4 16 0 R53 28 7 16 0 R63 28 4 16 0 "
     "R29 54 14 14 0 R50 54 17 5 0 R50 63 11 5 0 X"},
    {scan_this, PACKBENCH_SCAN_CORNERS "R32 32 32 32 4"},
    {person, "O48 26 20 M12 90 L12 78 C12 62 24 54 36 54 L60 54 C72 54 84 62 84 78 L84 90 Z"},
    {badge,
     "R16 16 64 76 6 F R38 4 20 18 3 F R44 9 8 6 2 X O48 46 12 X "
     "M26 82 C26 58 70 58 70 82 Z X"},
    {truck,
     "R2 22 56 46 3 M60 34 L78 34 L94 52 L94 68 L60 68 Z F O24 70 13 O74 70 13 X "
     "O24 70 9 O74 70 9 F M66 40 L76 40 L84 50 L66 50 Z X"},
    {scanner,
     "R6 20 62 28 4 M66 20 L90 12 L90 54 L66 48 Z F M32 46 L58 46 L62 88 L42 88 Z F "
     "R16 29 28 6 0 X"},
    {printer, "R24 8 48 22 2 F R6 34 84 36 6 F R20 54 56 40 2 X R26 60 44 30 2 F R72 42 9 9 0 X"},
    {printer_empty, "R24 20 48 22 2 F R6 46 84 34 6 F R22 68 52 14 0 X R72 54 9 8 0 X"},
    {scale,
     "R8 10 80 12 2 F M16 30 L80 30 L92 88 L4 88 Z F O48 60 19 X O48 60 12 F "
     "M44 58 L56 44 L60 48 L50 64 Z X"},
    {network, "R6 66 14 24 0 R28 48 14 42 0 R50 30 14 60 0 R72 8 14 82 0"},
    {network_off,
     "R6 66 14 24 0 R28 48 14 42 0 R50 30 14 60 0 R72 8 14 82 0 F "
     "M0 16 L16 0 L96 80 L80 96 Z X M2 8 L8 2 L94 88 L88 94 Z"},
    {gift,
     "R8 30 80 18 2 R14 52 68 38 2 F R43 30 10 62 0 X "
     "M46 28 L30 4 L16 20 Z M50 28 L66 4 L80 20 Z"},
    {check_disc, "O48 48 46 F M24 50 L32 41 L42 51 L65 27 L73 35 L42 67 Z X"},
    {tick, "M8 52 L20 40 L37 56 L76 17 L88 29 L37 80 Z"},
    {refused,
     "M28 2 L68 2 L94 28 L94 68 L68 94 L28 94 L2 68 L2 28 Z F "
     "M36 27 L48 39 L60 27 L69 36 L57 48 L69 60 L60 69 L48 57 L36 69 L27 60 L39 48 "
     "L27 36 Z X"},
    {warning, "M48 6 L94 88 L2 88 Z F R42 34 12 30 2 X R42 70 12 11 2 X"},
    {doubt,
     "M48 0 L96 48 L48 96 L0 48 Z F M30 38 C30 12 68 12 68 38 C68 52 54 50 54 62 L42 62 "
     "C42 44 56 48 56 38 C56 29 42 29 42 38 Z X O48 73 7 X"},
    {box, "M48 4 L90 25 L48 46 L6 25 Z M4 32 L45 52 L45 94 L4 74 Z M92 32 L51 52 L51 94 L92 74 Z"},
    {bubble,
     "O18 18 16 O48 18 16 O78 18 16 O33 48 16 O63 48 16 O18 78 16 O48 78 16 O78 78 16 F "
     "O18 18 9 O48 18 9 O78 18 9 O33 48 9 O63 48 9 O18 78 9 O48 78 9 O78 78 9 X"},
    {tape, "R6 8 84 8 0 R6 24 38 28 2 R52 24 38 28 2 R6 60 38 28 2 R52 60 38 28 2"},
    {bag,
     "M16 34 L80 34 L86 92 L10 92 Z M30 42 L30 24 C30 0 66 0 66 24 L66 42 L57 42 L57 24 "
     "C57 12 39 12 39 24 L39 42 Z"},
    {battery, "R4 26 78 44 5 R84 40 8 16 2 F M48 30 L26 52 L42 52 L38 66 L60 44 L44 44 Z X"},
    {seal, "O48 40 34 F M28 66 L20 94 L48 82 L76 94 L68 66 Z F O48 40 22 X O48 40 14 F"},
    {undo, "M2 36 L38 6 L38 26 L92 26 L92 84 L30 84 L30 70 L78 70 L78 44 L38 44 L38 66 Z"},
    {more, "R4 38 22 20 4 R37 38 22 20 4 R70 38 22 20 4"},
    {list,
     "R6 10 16 16 2 R6 40 16 16 2 R6 70 16 16 2 R30 12 60 12 0 R30 42 60 12 0 R30 72 60 12 0"},
    {differs, "R6 28 84 13 0 R6 55 84 13 0 M58 4 L71 10 L38 92 L25 86 Z"},
    {box_short, "M48 6 L88 24 L48 42 L8 24 Z M6 30 L45 48 L45 90 L6 72 Z F R56 62 36 12 0"},
    {box_damaged,
     "M48 4 L90 25 L48 46 L6 25 Z M4 32 L45 52 L45 94 L4 74 Z M92 32 L51 52 L51 94 L92 74 Z F "
     "M70 2 L54 30 L64 40 L50 62 L60 70 L52 96 L60 96 L70 66 L60 58 L74 38 L64 28 L80 6 Z X"},
    {two_boxes,
     "R2 34 42 46 3 R52 34 42 46 3 F R18 34 10 18 0 R68 34 10 18 0 X "
     "M48 8 L62 22 L34 22 Z"},
    {supervisor,
     "R20 30 12 44 6 R35 12 12 50 6 R50 8 12 50 6 R65 18 12 50 6 F "
     "M20 54 L77 54 L77 70 C77 92 64 94 50 94 C38 94 32 90 28 82 L20 66 Z"},
    {archive, "R6 10 84 24 2 F R12 40 72 50 2 F R34 48 28 10 2 X"},
    {sign_out,
     "M10 6 L54 6 L54 24 L42 24 L42 18 L22 18 L22 78 L42 78 L42 72 L54 72 L54 90 L10 90 Z "
     "M60 26 L92 48 L60 70 L60 55 L34 55 L34 41 L60 41 Z"},
    {language,
     "O48 48 44 F O48 48 36 X R44 8 8 80 0 R8 44 80 8 0 F "
     "M48 6 C14 28 14 68 48 90 L48 82 C26 64 26 32 48 14 Z "
     "M48 6 C82 28 82 68 48 90 L48 82 C70 64 70 32 48 14 Z"},
    {park, "R18 10 22 76 4 R56 10 22 76 4"},
    {abandon,
     "R12 18 72 12 3 R34 6 28 10 3 F M18 36 L78 36 L72 92 L24 92 Z F "
     "R35 46 8 36 0 R53 46 8 36 0 X"},
    {void_label,
     "R14 2 68 92 4 F "
     "M36 27 L48 39 L60 27 L69 36 L57 48 L69 60 L60 69 L48 57 L36 69 L27 60 L39 48 "
     "L27 36 Z X"},
    {backspace,
     "M2 48 L30 16 L94 16 L94 80 L30 80 Z F "
     "M48 31 L59 42 L70 31 L77 38 L66 49 L77 60 L70 67 L59 56 L48 67 L41 60 L52 49 "
     "L41 38 Z X"},
    {previous, "M66 10 L66 86 L22 48 Z"},
    {next, "M30 10 L74 48 L30 86 Z"},
    {note, "M12 4 L84 4 L84 66 L58 92 L12 92 Z F R24 22 48 8 0 R24 40 48 8 0 R24 58 26 8 0 X"},
    {take_in,
     "M4 54 L26 54 L34 70 L62 70 L70 54 L92 54 L92 92 L4 92 Z "
     "M39 4 L57 4 L57 30 L73 30 L48 58 L23 30 L39 30 Z"},
}};

constexpr bool complete() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].icon != static_cast<Icon>(i) || rows[i].path.empty()) return false;
  }
  return true;
}
static_assert(complete(), "every icon needs its path, in the order of the enumeration");

}  // namespace

std::string_view icon_path(Icon icon) {
  const auto index = static_cast<std::size_t>(icon);
  CHECK(index < rows.size());
  return rows[index].path;
}

Icon icon_named(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, Icon>, 8> names{{{"box", box},
                                                                    {"bubble", bubble},
                                                                    {"tape", tape},
                                                                    {"gift", gift},
                                                                    {"bag", bag},
                                                                    {"battery", battery},
                                                                    {"seal", seal},
                                                                    {"note", note}}};
  for (const auto& [name, icon] : names) {
    if (name == word) return icon;
  }
  return box;
}

}  // namespace packbench::ui
