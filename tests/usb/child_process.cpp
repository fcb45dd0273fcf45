#include "tests/usb/child_process.h"

#include <fcntl.h>
#include <link.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <utility>

#include "base/check.h"

namespace packbench::test {
namespace {

void close_end(int& fd) {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> result;
  for (const std::string& word : words) result.push_back(const_cast<char*>(word.c_str()));
  result.push_back(nullptr);
  return result;
}

// The test's environment with `more`, which wins.
std::vector<std::string> environment_with(const std::vector<std::string>& more) {
  std::vector<std::string> all = more;
  const auto is_replaced = [&more](std::string_view entry) {
    const std::string_view name = entry.substr(0, entry.find('=') + 1);
    return std::any_of(more.begin(), more.end(),
                       [&](const std::string& other) { return other.starts_with(name); });
  };
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!is_replaced(*entry)) all.emplace_back(*entry);
  }
  return all;
}

// A sanitizer has to be the first library of a program; one in the program itself is no library.
int find_sanitizer(dl_phdr_info* info, std::size_t, void* found) {
  const std::string_view name = info->dlpi_name;
  const std::string_view file = name.substr(name.rfind('/') + 1);
  if (file.starts_with("libasan.so") || file.starts_with("libtsan.so"))
    *static_cast<std::string*>(found) += std::string(name) + ' ';
  return 0;
}

}  // namespace

std::string preload_list() {
  std::string list;
  ::dl_iterate_phdr(find_sanitizer, &list);
  return list + "libumockdev-preload.so.0";
}

ChildProcess::ChildProcess(const std::vector<std::string>& command, const ChildOptions& options) {
  // A write to a program that has died is an error to be seen, not the end of the test.
  std::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> in{}, out{};
  CHECK(::pipe2(in.data(), O_CLOEXEC) == 0);
  CHECK(::pipe2(out.data(), O_CLOEXEC) == 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  for (int fd = STDERR_FILENO + 1; fd < options.first_file; ++fd)
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, fd);
  const std::vector<std::string> environment = environment_with(options.environment);
  const int error = ::posix_spawnp(&pid_, command.front().c_str(), &actions, nullptr,
                                   pointers(command).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(in[0]);
  ::close(out[1]);
  in_ = in[1];
  out_ = out[0];
  CHECK(error == 0);
}

ChildProcess::~ChildProcess() {
  kill();
  close_end(in_);
  close_end(out_);
}

void ChildProcess::send(const std::string& text) {
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t n = ::write(in_, text.data() + sent, text.size() - sent);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    sent += static_cast<std::size_t>(n);
  }
}

void ChildProcess::close_input() {
  close_end(in_);
}

std::optional<std::string> ChildProcess::read_line(std::chrono::milliseconds patience) {
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
    if (::poll(&wanted, 1, std::max(0, static_cast<int>(left.count()))) <= 0) return std::nullopt;
    std::array<char, 65536> buffer{};
    const ssize_t n = ::read(out_, buffer.data(), buffer.size());
    if (n <= 0) return std::nullopt;
    pending_.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

std::string ChildProcess::read_rest() {
  std::string text;
  while (const auto line = read_line()) text += *line + '\n';
  return text + std::exchange(pending_, {});
}

int ChildProcess::wait() {
  int status = 0;
  if (pid_ <= 0 || ::waitpid(pid_, &status, 0) != pid_) return -1;
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void ChildProcess::signal(int number) {
  if (pid_ > 0) ::kill(pid_, number);
}

void ChildProcess::kill() {
  signal(SIGKILL);
  wait();
}

}  // namespace packbench::test
