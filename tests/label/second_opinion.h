// Second opinions on a label by programs that other people wrote: a ZPL renderer from npm and
// zbarimg. Both take many files at once, for starting them costs more than their work. One thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "label/raster.h"

namespace packbench::label {

// PACKBENCH_TEST_SCALE is full: everything, and nothing may be missing.
bool full_scale();

struct ProgramRun {
  int exit_code = -1;  // 127: there is no such program
  std::string out;     // both streams
};
// A program to its end, in this folder.
ProgramRun run(const std::vector<std::string>& command, const std::string& folder,
               const std::string& input = {});

// A folder of its own for a test's files, removed at the end.
class Workshop {
 public:
  Workshop();
  ~Workshop();
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  const std::string& folder() const { return folder_; }
  // A new file of this content; its name.
  std::string put(const std::string& content, const std::string& ending);

 private:
  std::string folder_;
  int count_ = 0;
};

// The npm package zpl-renderer-js, installed into the build folder by whoever asks first.
struct Renderer {
  std::string folder;  // empty: not to be had
  std::string reason;
};
Renderer find_renderer();

struct PrintJob {
  std::string bytes;
  int width = 0, height = 0;  // of the paper in dots
};
struct Rendered {
  int labels = 0;
  Raster first;
  std::string picture;  // file of the first
};
// In the order of the jobs; empty where the renderer failed, and says why.
std::vector<Rendered> render(const Renderer& renderer, Workshop& in,
                             const std::vector<PrintJob>& jobs);

// What zbarimg finds on each picture.
struct Symbols {
  std::vector<std::string> bars;  // Code 128
  std::vector<std::string> dots;  // QR
};
std::vector<Symbols> read_with_zbar(const std::vector<std::string>& pictures);

}  // namespace packbench::label
