// A job that says that it is TSPL. What the reader takes is a page of dots that can be written
// again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "label/tspl.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace packbench::label;
  const std::string_view job(reinterpret_cast<const char*>(data), size);
  for (const int dpi : {203, 300}) {
    const auto page = read_tspl(job, dpi);
    if (!page) continue;
    CHECK(job.find("\x1B!") == std::string_view::npos);
    PrinterSetting options;
    options.dpi = dpi;
    const std::string again = write_tspl(page.value(), options);
    CHECK(again.find("\x1B!") == std::string::npos);
    const auto read = read_tspl(again, dpi);
    CHECK(read.ok());
    CHECK(read.value() == page.value());
  }
  return 0;
}
