// LineReader: lines of a file descriptor, and a way to be woken from another thread meanwhile.
// Thread rule: `next` on one thread; `wake` from any.
#pragma once

#include <optional>
#include <string>

namespace packbench::program {

class LineReader {
 public:
  explicit LineReader(int fd);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  enum class Event { line, woken, end };
  // Sleeps until there is a line (then in line()), a wake, or the end of the input. A last line
  // without its end counts.
  Event next();
  const std::string& line() const { return line_; }
  // Whether this line is the next one, and there already.
  bool next_is(const std::string& line);
  void wake();

 private:
  bool take_line();
  void read_more();

  const int fd_;
  const int wake_;
  std::string buffer_;
  std::string line_;
  bool ended_ = false;
};

}  // namespace packbench::program
