// LabelPrinter: the port through which a finished label leaves. A driver implements it.
// Thread rule: `language`, `ready` and `print` from one thread at a time, which they may block;
// `stop` from any.
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
  std::string name;  // for file names and logs: waybill and attempt, never a person's data
  std::string_view bytes;
  std::function<std::string()> preview_png;  // the same label as a picture, made when called
  std::string_view language = "zpl";         // what the bytes are written in: zpl | tspl
};

class LabelPrinter {
 public:
  virtual ~LabelPrinter() = default;
  // What a job has to be written in: zpl | tspl.
  virtual std::string language() { return "zpl"; }
  // Whether a job could be sent now; asked before the job is recorded as sent.
  virtual Status ready() = 0;
  // Sends one job in one burst. Answers exactly once and never sends a byte twice. `deadline` is
  // how long the printer may give no sign of life; one that says it is paused is waited for.
  virtual PrintOutcome print(const PrintJob& job, Duration deadline) = 0;
  // Nobody waits for the job of this name any longer: what was not sent stays unsent, and `print`
  // answers soon. Without a meaning for printers that never wait.
  virtual void stop(std::string_view /*job*/) {}
};

}  // namespace packbench::ports
