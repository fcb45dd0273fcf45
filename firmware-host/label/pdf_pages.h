// A PDF of somebody else as a picture. Foreign code reads it (poppler's pdfinfo and pdftoppm), so
// it does so in processes of its own, which the rim starts and holds within limits: this room says
// what to ask and reads the answers. Pure, any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "label/picture.h"
#include "label/refusal.h"

namespace packbench::label {

struct PdfQuestion {
  std::vector<std::string> command;  // program and arguments
  std::size_t output_max = 0;        // bytes; an answer that is longer is an error
};

// Asks with the PDF as the program's input. Errors: no_program, too_slow, too_large, and any other
// for a file that the program cannot read.
using AskPdf = std::function<Result<std::string>(const PdfQuestion&, std::string_view pdf)>;

bool is_pdf(std::string_view bytes);

// What pdfinfo says; lengths in millimetres as the page is seen, so after its own rotation.
struct PdfPages {
  int count = 0;
  double width = 0, height = 0;  // of the first
};
std::optional<PdfPages> read_pdfinfo(std::string_view text);

// A binary PGM of 255 greys (netpbm's pgm(5)) that has no more than `dots_max` dots.
std::optional<Picture> read_pgm(std::string_view bytes, std::size_t dots_max);

struct PdfWish {
  double dots_per_mm = 0;        // of the print head; the picture has that or a multiple of it
  double width = 0, height = 0;  // millimetres; the page may be this large, upright or turned
};
Taken<Picture> read_pdf(std::string_view pdf, const PdfWish& wish, const AskPdf& ask);

}  // namespace packbench::label
