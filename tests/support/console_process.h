// The program as its users start it: packbench in a process of its own, driven through pipes.
// ConsoleProcess holds a running `packbench console --json`; run_program runs one subcommand to its
// end. A test that asks too much of the program fails by itself: an answer that does not come
// within 60 s or is no JSON is a failure of the test. One thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace packbench::test {

using Json = nlohmann::json;

struct ProgramResult {
  int exit_code = -1;
  std::string out;
  std::string err;
};
// Arguments after the program's name.
ProgramResult run_program(const std::vector<std::string>& arguments, const std::string& input = {});

struct ConsoleStart {
  std::string data;
  std::string clock;                  // empty: the machine's
  std::vector<std::string> options;   // more arguments
  std::int64_t file_size_limit = -1;  // bytes a file may grow to (RLIMIT_FSIZE); -1: any
};

class ConsoleProcess {
 public:
  explicit ConsoleProcess(const ConsoleStart& start);
  ~ConsoleProcess();  // ends it with /quit, else kills it
  ConsoleProcess(const ConsoleProcess&) = delete;
  ConsoleProcess& operator=(const ConsoleProcess&) = delete;

  // One line in, its answer out.
  Json say(const std::string& line);

  void send(const std::string& line);
  // The next answer; nothing at the end of the output or after `patience`.
  std::optional<Json> receive(std::chrono::milliseconds patience = std::chrono::seconds(60));
  int output() const { return out_; }  // readable where an answer waits, or at the end
  // kill -9. Answers that were written before can still be received.
  void kill();
  // Ends by /quit; the exit code.
  int quit();
  pid_t pid() const { return pid_; }

 private:
  std::optional<std::string> next_line(std::chrono::milliseconds patience);
  int wait();

  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  std::string pending_;
};

}  // namespace packbench::test
