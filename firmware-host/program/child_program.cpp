#include "program/child_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

// glibc 2.36 declares it without saying that it is C.
extern "C" {
#include <sys/pidfd.h>
}

namespace packbench::program {
namespace {

using Clock = std::chrono::steady_clock;

class File {
 public:
  File() = default;
  explicit File(int fd) : fd_(fd) {}
  ~File() { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  File& operator=(File&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  int fd() const { return fd_; }  // -1, which poll() passes over, once it is closed

 private:
  int fd_ = -1;
};

Error cannot_start(const std::string& program, int error) {
  if (error == ENOENT)
    return {"no_program", program + " is not installed; install its Debian package"};
  return {"child_failed", program + " cannot be started (" + std::strerror(error) + ")"};
}

class Child {
 public:
  ~Child() {
    if (pid_ > 0) end();
  }
  Child() = default;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  Status start(const std::vector<std::string>& command, const ChildLimits& limits) {
    // Sockets and not pipes, for they can be written to without a signal when nobody reads.
    std::array<int, 2> in{}, out{};
    constexpr int kType = SOCK_STREAM | SOCK_CLOEXEC;
    if (::socketpair(AF_UNIX, kType, 0, in.data()) != 0) return cannot_start(command[0], errno);
    input_ = File(in[1]);
    const File child_in(in[0]);
    if (::socketpair(AF_UNIX, kType, 0, out.data()) != 0) return cannot_start(command[0], errno);
    output_ = File(out[1]);
    const File child_out(out[0]);
    if (const int error = spawn(command, child_in.fd(), child_out.fd()); error != 0)
      return cannot_start(command[0], error);
    ended_ = File(::pidfd_open(pid_, 0));
    // In time: the child reads nothing of the hostile bytes before they are sent.
    if (ended_.fd() < 0 || !limit(limits)) return cannot_start(command[0], errno);
    return Ok{};
  }

  Result<std::string> talk(const std::string& name, std::string_view input,
                           const ChildLimits& limits) {
    const auto until = Clock::now() + limits.time;
    std::string answer;
    bool exited = false;
    while (output_.fd() >= 0 || !exited) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
      std::array<pollfd, 3> waits = {{{input_.fd(), POLLOUT, 0},
                                      {output_.fd(), POLLIN, 0},
                                      {exited ? -1 : ended_.fd(), POLLIN, 0}}};
      if (left <= 0) return Error{"too_slow", name + " took too long"};
      if (::poll(waits.data(), waits.size(), static_cast<int>(left)) < 0 && errno != EINTR)
        return Error{"child_failed", name + " cannot be listened to"};
      if (waits[0].revents != 0) feed(input);
      if (waits[1].revents != 0 && !listen(answer, limits.output))
        return Error{"too_large", name + " answers too much"};
      exited = exited || waits[2].revents != 0;
    }
    const auto status = reap();
    if (status && WIFSIGNALED(*status) && WTERMSIG(*status) == SIGXCPU)
      return Error{"too_slow", name + " took too long"};
    if (status && WIFEXITED(*status) && WEXITSTATUS(*status) == 0) return answer;
    return Error{"child_failed", name + " failed"};
  }

 private:
  int spawn(const std::vector<std::string>& command, int in, int out) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    // As a program expects its signals, whatever this thread does with them.
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    char path[] = "PATH=/usr/bin:/bin", language[] = "LC_ALL=C.UTF-8", home[] = "HOME=/nonexistent";
    std::array<char*, 4> environment = {path, language, home, nullptr};
    const int error =
        ::posix_spawnp(&pid_, words[0], &files, &how, words.data(), environment.data());
    if (error != 0) pid_ = -1;
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return error;
  }

  bool limit(const ChildLimits& limits) const {
    // One second between the signal that can be told apart and the one that ends all.
    const auto set = [this](__rlimit_resource what, std::uint64_t most, std::uint64_t more = 0) {
      rlimit now{};
      if (::prlimit(pid_, what, nullptr, &now) != 0) return false;
      const rlimit both{std::min<rlim_t>(most, now.rlim_max),
                        std::min<rlim_t>(most + more, now.rlim_max)};
      return ::prlimit(pid_, what, &both, nullptr) == 0;
    };
    constexpr std::uint64_t kFiles = 64;
    return set(RLIMIT_AS, limits.memory) &&
           set(RLIMIT_CPU, static_cast<std::uint64_t>(limits.cpu_seconds), 1) &&
           set(RLIMIT_FSIZE, 0) && set(RLIMIT_CORE, 0) && set(RLIMIT_NOFILE, kFiles);
  }

  void feed(std::string_view& input) {
    const ssize_t n = ::send(input_.fd(), input.data(), input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n > 0) input.remove_prefix(static_cast<std::size_t>(n));
    // A child that has read enough may stop listening; its answer counts.
    if (n <= 0 || input.empty()) input_.close();
  }

  // False where the answer is too long.
  bool listen(std::string& answer, std::size_t most) {
    std::array<char, 65'536> buffer;
    const ssize_t n = ::recv(output_.fd(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    if (n <= 0) {
      output_.close();
      return true;
    }
    answer.append(buffer.data(), static_cast<std::size_t>(n));
    return answer.size() <= most;
  }

  void end() {
    if (ended_.fd() >= 0) {
      ::pidfd_send_signal(ended_.fd(), SIGKILL, nullptr, 0);
    } else if (::waitpid(pid_, nullptr, WNOHANG) == 0) {
      ::kill(pid_, SIGKILL);
    } else {
      return;  // it is gone: its number may be another's by now
    }
    reap();
  }

  // How it ended. Nothing where nobody knows: children of who ignores SIGCHLD leave no trace.
  std::optional<int> reap() {
    int status = 0;
    pid_t ended = 0;
    do {
      ended = ::waitpid(pid_, &status, 0);
    } while (ended < 0 && errno == EINTR);
    pid_ = -1;
    if (ended < 0) return std::nullopt;
    return status;
  }

  pid_t pid_ = -1;
  File input_, output_, ended_;
};

}  // namespace

Result<std::string> run_child(const std::vector<std::string>& command, std::string_view input,
                              const ChildLimits& limits) {
  Child child;
  if (const Status started = child.start(command, limits); !started) return started.error();
  return child.talk(command[0], input, limits);
}

}  // namespace packbench::program
