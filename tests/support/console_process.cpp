#include "tests/support/console_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "base/check.h"

namespace packbench::test {
namespace {

struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  // Closed on exec: no child may hold open what its neighbour waits for the end of.
  CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
  return {ends[0], ends[1]};
}

void close_end(int& fd) {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

struct Child {
  pid_t pid = -1;
  int in = -1, out = -1, err = -1;
};

void limit_file_size(std::int64_t bytes) {
  if (bytes < 0) return;
  const rlimit limit{static_cast<rlim_t>(bytes), static_cast<rlim_t>(bytes)};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  // Ignored signals stay ignored in the new program: a write past the limit then fails with EFBIG.
  ::signal(SIGXFSZ, SIG_IGN);
}

// `own_err`: standard error goes into a pipe, else to the test's own.
Child start(const std::vector<std::string>& arguments, std::int64_t file_size_limit, bool own_err) {
  Pipe in = make_pipe();
  Pipe out = make_pipe();
  Pipe err = own_err ? make_pipe() : Pipe{};
  std::vector<char*> argv{const_cast<char*>(PACKBENCH_PROGRAM)};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = ::fork();
  CHECK(pid >= 0);
  if (pid == 0) {
    ::dup2(in.read, STDIN_FILENO);
    ::dup2(out.write, STDOUT_FILENO);
    if (own_err) ::dup2(err.write, STDERR_FILENO);
    limit_file_size(file_size_limit);
    ::execv(PACKBENCH_PROGRAM, argv.data());
    ::_exit(127);
  }
  close_end(in.read);
  close_end(out.write);
  close_end(err.write);
  // A write to a program that has died is an error to be seen, not the end of the test.
  std::signal(SIGPIPE, SIG_IGN);
  return {pid, in.write, out.read, err.read};
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Reads both to their ends, whichever speaks.
void read_all(int out, int err, ProgramResult& result) {
  std::array<pollfd, 2> fds{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
  std::array<std::string*, 2> texts{&result.out, &result.err};
  while (fds[0].fd >= 0 || fds[1].fd >= 0) {
    if (::poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR) return;
    for (std::size_t i = 0; i < fds.size(); ++i) {
      if (fds[i].fd < 0 || fds[i].revents == 0) continue;
      std::array<char, 4096> buffer{};
      const ssize_t n = ::read(fds[i].fd, buffer.data(), buffer.size());
      if (n > 0)
        texts[i]->append(buffer.data(), static_cast<std::size_t>(n));
      else
        fds[i].fd = -1;
    }
  }
}

std::vector<std::string> console_arguments(const ConsoleStart& start) {
  std::vector<std::string> arguments{"console", "--json", "--data", start.data};
  if (!start.clock.empty()) arguments.insert(arguments.end(), {"--clock", start.clock});
  arguments.insert(arguments.end(), start.options.begin(), start.options.end());
  return arguments;
}

}  // namespace

ProgramResult run_program(const std::vector<std::string>& arguments, const std::string& input) {
  Child child = start(arguments, -1, true);
  static_cast<void>(!::write(child.in, input.data(), input.size()));
  close_end(child.in);
  ProgramResult result;
  read_all(child.out, child.err, result);
  int status = 0;
  CHECK(::waitpid(child.pid, &status, 0) == child.pid);
  result.exit_code = exit_code_of(status);
  close_end(child.out);
  close_end(child.err);
  return result;
}

ConsoleProcess::ConsoleProcess(const ConsoleStart& options) {
  const Child child = start(console_arguments(options), options.file_size_limit, false);
  pid_ = child.pid;
  in_ = child.in;
  out_ = child.out;
}

ConsoleProcess::~ConsoleProcess() {
  if (pid_ > 0) quit();
  close_end(out_);
}

void ConsoleProcess::send(const std::string& line) {
  const std::string text = line + "\n";
  static_cast<void>(!::write(in_, text.data(), text.size()));
}

std::optional<std::string> ConsoleProcess::next_line(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (true) {
    if (const std::size_t newline = pending_.find('\n'); newline != std::string::npos) {
      std::string line = pending_.substr(0, newline);
      pending_.erase(0, newline + 1);
      return line;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    pollfd wanted{out_, POLLIN, 0};
    // What lies in the pipe already is read without patience, too.
    if (::poll(&wanted, 1, std::max(0, static_cast<int>(left.count()))) <= 0) return std::nullopt;
    std::array<char, 65536> buffer{};
    const ssize_t n = ::read(out_, buffer.data(), buffer.size());
    if (n <= 0) return std::nullopt;
    pending_.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

std::optional<Json> ConsoleProcess::receive(std::chrono::milliseconds patience) {
  const auto line = next_line(patience);
  if (!line) return std::nullopt;
  Json answer = Json::parse(*line, nullptr, false);
  if (answer.is_discarded()) {
    ADD_FAILURE() << "not JSON: " << *line;
    return std::nullopt;
  }
  return answer;
}

Json ConsoleProcess::say(const std::string& line) {
  send(line);
  auto answer = receive();
  if (answer) return std::move(*answer);
  ADD_FAILURE() << "no answer to " << line;
  return Json::object();
}

int ConsoleProcess::wait() {
  int status = 0;
  if (pid_ <= 0 || ::waitpid(pid_, &status, 0) != pid_) return -1;
  pid_ = -1;
  return exit_code_of(status);
}

void ConsoleProcess::kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  wait();
  close_end(in_);
}

int ConsoleProcess::quit() {
  send("/quit");
  close_end(in_);
  // Its output ends when it does; one that does not end is killed, which its exit code tells.
  while (next_line(std::chrono::seconds(60))) {
  }
  pollfd ended{out_, POLLIN, 0};
  if (::poll(&ended, 1, 0) == 0) ::kill(pid_, SIGKILL);
  return wait();
}

}  // namespace packbench::test
