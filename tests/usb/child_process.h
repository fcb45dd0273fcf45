// ChildProcess: a program with pipes to its standard input and output; its standard error is the
// test's. A test ends it, or its destructor kills it. One thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace packbench::test {

struct ChildOptions {
  std::vector<std::string> environment;  // "NAME=value", beside what the test has
  int first_file = 3;                    // files of its own get numbers from here on
};

class ChildProcess {
 public:
  // `command`: path or name of the program, then its arguments.
  ChildProcess(const std::vector<std::string>& command, const ChildOptions& options);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  void send(const std::string& text);
  void close_input();
  // The next line of its output without its end; nothing at the end of the output or after
  // `patience`.
  std::optional<std::string> read_line(
      std::chrono::milliseconds patience = std::chrono::seconds(60));
  // All that is left of its output, then its exit code (128 + n: signal n).
  std::string read_rest();
  int wait();
  void signal(int number);
  void kill();
  pid_t pid() const { return pid_; }
  int output() const { return out_; }

 private:
  pid_t pid_ = -1;
  int in_ = -1, out_ = -1;
  std::string pending_;
};

// What a child of this process has to load first for umockdev to work: a sanitizer that this
// process was built with, then umockdev. For LD_PRELOAD.
std::string preload_list();

}  // namespace packbench::test
