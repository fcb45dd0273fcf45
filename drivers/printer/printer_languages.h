// What a transport has to send and to hear in each language that we speak, so that it knows no
// language itself. Pure, any thread.
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "drivers/printer/printer_models.h"
#include "drivers/printer/printer_status.h"

namespace packbench::drivers {

// One question and what makes sense of the answer. Asked before and after a job, each in turn, and
// the reports put together; a printer may leave any of them unanswered.
struct StatusQuestion {
  std::string_view bytes;
  std::unique_ptr<StatusReader> (*reader)();
};

struct SpokenLanguage {
  PrinterLanguage language;
  std::array<StatusQuestion, 2> questions;
  // Makes the printer forget all that it has taken and not printed, also a job that broke off.
  std::string_view cancel;
};

// Null for a language that we do not speak.
const SpokenLanguage* spoken_language(PrinterLanguage language);

}  // namespace packbench::drivers
