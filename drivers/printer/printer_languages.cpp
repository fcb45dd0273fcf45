#include "drivers/printer/printer_languages.h"

#include "drivers/printer/tspl_status.h"
#include "drivers/printer/zpl_status.h"

namespace packbench::drivers {
namespace {

template <class Reader>
std::unique_ptr<StatusReader> make() {
  return std::make_unique<Reader>();
}

// ZPL: a command that may take parameters is carried out at the next line. TSPL: <ESC>! commands
// are carried out as they come in, in the middle of a job too.
constexpr std::array kSpoken = {
    SpokenLanguage{
        PrinterLanguage::zpl,
        {{{"~HS\r\n", make<ZplHostStatusReader>}, {"~HQES\r\n", make<ZplErrorStatusReader>}}},
        "~JA\r\n"},
    SpokenLanguage{PrinterLanguage::tspl,
                   {{{"\x1B!?", make<TsplByteReader>}, {"\x1B!S", make<TsplReportReader>}}},
                   "\x1B!."},
};

}  // namespace

const SpokenLanguage* spoken_language(PrinterLanguage language) {
  for (const SpokenLanguage& spoken : kSpoken) {
    if (spoken.language == language) return &spoken;
  }
  return nullptr;
}

}  // namespace packbench::drivers
