// LabelPrinter: the port through which a finished label leaves. A driver implements it.
// Thread rule: called from the host thread only; `write` may block up to `deadline`.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/units.h"

namespace packbench::ports {

// What is known after a job, and nothing more.
//   printed:  every byte was accepted (and the printer said nothing against it)
//   rejected: no byte left us; the job may be sent again without doubt
//   unknown:  some bytes left us; only a person or the verifying scan can tell
enum class PrintResult { printed, rejected, unknown };

struct PrintOutcome {
  PrintResult result = PrintResult::unknown;
  std::string reason;  // IPP state word where there is one: media-empty, cover-open, offline ...
  std::size_t bytes_moved = 0;
};

struct PrintJob {
  std::string name;        // for file names and logs: waybill and attempt, never a person's data
  std::string_view bytes;  // the printer's language
  std::function<std::string()> preview_png;  // the same label as a picture, made when called
};

class LabelPrinter {
 public:
  virtual ~LabelPrinter() = default;
  // Whether a job could be sent now; asked before the job is recorded as sent.
  virtual Status ready() = 0;
  // Sends one job in one burst. Answers exactly once and never sends a byte twice.
  virtual PrintOutcome print(const PrintJob& job, Duration deadline) = 0;
};

}  // namespace packbench::ports
