// Feeds what a printer may send to a reader of its status, cut into pieces as the input's own bytes
// say, and demands what holds for any bytes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "drivers/printer/printer_languages.h"

namespace packbench::drivers {

inline void check_report(const StatusReport& report) {
  CHECK(report.labels_left >= 0);
  CHECK(report.status.blocks() == (report.status.first() && row_of(*report.status.first()).blocks));
  CHECK(report.status.words().starts_with(report.status.word()));
}

inline void check_question(const StatusQuestion& question, std::string_view bytes) {
  const auto whole = question.reader();
  const bool complete = whole->take(bytes);
  CHECK(!complete || whole->report());
  if (whole->report()) check_report(*whole->report());

  const auto pieces = question.reader();
  std::string_view rest = bytes;
  bool last = false;
  while (!rest.empty()) {
    const std::size_t size = 1 + static_cast<unsigned char>(rest.front()) % 7;
    last = pieces->take(rest.substr(0, size));
    CHECK(!last || pieces->report());
    rest.remove_prefix(std::min(size, rest.size()));
  }
  CHECK(whole->report() == pieces->report());
}

inline void check_language(PrinterLanguage language, const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const StatusQuestion& question : spoken_language(language)->questions) {
    check_question(question, bytes);
  }
}

}  // namespace packbench::drivers
