// From an order's data to a printer's bytes, with the self-check, beside a plain drawing of the
// same content: Cairo, Pango and zint as anybody would use them, without fitting, proof or
// compression.
#include <pango/pangocairo.h>
#include <spawn.h>
#include <sys/wait.h>
#include <zint.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/check.h"
#include "bench_data.h"
#include "benches.h"
#include "figures.h"
#include "tests/unit/label_samples.h"

extern char** environ;

namespace packbench::benchmark {
namespace {

using namespace label;

constexpr double goal_median_ms = 3, goal_p99_ms = 8, goal_cold_ms = 60, goal_kb = 20;
constexpr int warm_up_labels = 20;

LabelContent content(int n) {
  LabelContent c = chinese_sample();
  c.waybill = "SF1" + std::to_string(100'000'000'000 + n * 7'919);
  c.receiver.name = n % 2 == 0 ? "王小明" : "欧阳文静";
  c.receiver.address[1] = "文一西路" + std::to_string(n % 990 + 1) + "号阳光小区" +
                          std::to_string(n % 30 + 1) + "号楼2单元1501室";
  c.order_numbers = {"SO-" + std::to_string(1'000 + n)};
  c.weight = Grams{300 + n % 4'000};
  return c;
}

void plain_text(cairo_t* cairo, const TextPart& part, const std::string& text) {
  PangoLayout* layout = pango_cairo_create_layout(cairo);
  PangoFontDescription* font = pango_font_description_from_string("Noto Sans CJK SC");
  pango_font_description_set_absolute_size(font, part.size_max * 8 * PANGO_SCALE);
  if (part.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout, font);
  pango_layout_set_width(layout, static_cast<int>(part.area.width * 8 * PANGO_SCALE));
  pango_layout_set_text(layout, text.c_str(), -1);
  cairo_move_to(cairo, part.area.x * 8, part.area.y * 8);
  pango_cairo_show_layout(cairo, layout);
  pango_font_description_free(font);
  g_object_unref(layout);
}

void plain_code(Raster& page, const CodePart& part, int symbology, const std::string& text) {
  zint_symbol* symbol = ZBarcode_Create();
  symbol->symbology = symbology;
  symbol->show_hrt = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  CHECK(ZBarcode_Encode_and_Buffer(symbol, bytes, static_cast<int>(text.size()), 0) == 0);
  const int left = static_cast<int>(part.area.x * 8), top = static_cast<int>(part.area.y * 8);
  for (int y = 0; y < symbol->bitmap_height && top + y < page.height; ++y) {
    for (int x = 0; x < symbol->bitmap_width && left + x < page.width; ++x) {
      if (symbol->bitmap[3 * (y * symbol->bitmap_width + x)] < 128) page.set(left + x, top + y);
    }
  }
  ZBarcode_Delete(symbol);
}

// One bit a dot of all the content's texts and codes.
Raster plain_drawing(const LabelContent& c, const LabelTemplate& on) {
  Raster page(800, 1200);
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, page.width, page.height);
  cairo_t* cairo = cairo_create(surface);
  for (const TextPart& part : on.texts) {
    const std::string text = part.field ? field_text(c, *part.field) : part.fixed;
    if (!text.empty()) plain_text(cairo, part, text);
  }
  cairo_surface_flush(surface);
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < page.width; ++x) {
      if (data[y * stride + x] > 127) page.set(x, y);
    }
  }
  cairo_destroy(cairo);
  cairo_surface_destroy(surface);
  plain_code(page, on.waybill, BARCODE_CODE128, c.waybill);
  plain_code(page, *on.small_code, BARCODE_QRCODE, c.bench + c.waybill);
  return page;
}

// Time of a whole process that draws one label.
double cold_us(const std::string& program, const std::string& folder) {
  const std::string out = folder + "/cold.zpl";
  std::string words[] = {program, "label", order_number(0), "--data", folder, "--out", out};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const Stopwatch watch;
  pid_t child = 0;
  CHECK(::posix_spawn(&child, program.c_str(), nullptr, nullptr, argv.data(), environ) == 0);
  int status = 0;
  CHECK(::waitpid(child, &status, 0) == child && status == 0);
  const double us = watch.us();
  CHECK(std::filesystem::file_size(out) > 1'000);
  return us;
}

void bench_resolution(int labels, int dpi) {
  const LabelTemplate& on = usual_template();
  LabelStyle zpl{LabelLanguage::zpl, SmallCode::qr, {}}, tspl = zpl;
  tspl.language = LabelLanguage::tspl;
  zpl.printer.dpi = tspl.printer.dpi = dpi;
  Series ours, plain, zpl_size, tspl_size;
  for (int i = 0; i < labels + warm_up_labels; ++i) {
    const LabelContent wanted = content(i);
    const Stopwatch watch;
    const auto label = make_label(wanted, on, zpl);
    const double us = watch.us();
    CHECK(label.ok());
    const Stopwatch beside;
    const Raster drawn = plain_drawing(wanted, on);
    const double plain_us = beside.us();
    CHECK(drawn.width == 800);
    if (i < warm_up_labels) continue;
    ours.add(us);
    plain.add(plain_us);
    zpl_size.add(static_cast<double>(label.value().job.size()));
    if (i % 20 == 0) {
      const auto other = make_label(wanted, on, tspl);
      CHECK(other.ok());
      tspl_size.add(static_cast<double>(other.value().job.size()));
    }
  }
  print_title("A label of 100 x 150 mm at " + std::to_string(dpi) + " dpi, from data to bytes");
  print_series("drawn, written as ZPL, read back and proven", ours);
  print_series("a plain drawing at 203 dpi, no proof, no bytes", plain);
  print_ratio("ours to the plain drawing, p50", ours.at(0.5) / plain.at(0.5));
  if (dpi == 203) {
    print_goal("ours, p50", ours.at(0.5) / 1000, goal_median_ms, "ms");
    print_goal("ours, p99", ours.at(0.99) / 1000, goal_p99_ms, "ms");
    print_goal("size of the ZPL, p50", zpl_size.at(0.5) / 1000, goal_kb, "kB");
  } else {
    print_note("ZPL " + std::to_string(static_cast<int>(zpl_size.at(0.5) / 1000)) + " kB");
  }
  print_note("TSPL " + std::to_string(static_cast<int>(tspl_size.at(0.5) / 1000)) + " kB");
}

}  // namespace

void bench_label(const std::string& parent, const std::string& program, int labels) {
  bench_resolution(labels, 203);
  bench_resolution(std::max(50, labels / 5), 300);
  const std::string folder = fresh_folder(parent, "label");
  import(folder, make_site(1));
  import(folder, make_orders(0, 1));
  Series cold;
  for (int i = 0; i < 15; ++i) cold.add(cold_us(program, folder));
  print_title("A process that draws one label");
  print_series("from start to end", cold);
  print_goal("cold, p50", cold.at(0.5) / 1000, goal_cold_ms, "ms");
}

}  // namespace packbench::benchmark
