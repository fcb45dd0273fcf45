// Answers to <ESC>!? and <ESC>!S.
#include "tests/fuzz/status_pieces.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  packbench::drivers::check_language(packbench::drivers::PrinterLanguage::tspl, data, size);
  return 0;
}
