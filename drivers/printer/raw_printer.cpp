#include "drivers/printer/raw_printer.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>

namespace packbench::drivers {
namespace {

using Clock = std::chrono::steady_clock;
using ports::PrintOutcome;
using ports::PrintResult;

// Keeps a write to a dead pipe from killing the program, in this thread and for this call only:
// how the program as a whole takes SIGPIPE is not a driver's business.
class PipeSignalHeld {
 public:
  PipeSignalHeld() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~PipeSignalHeld() {
    const timespec now{};
    if (!was_pending_) {
      while (sigtimedwait(&pipe_, nullptr, &now) == -1 && errno == EINTR) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  PipeSignalHeld(const PipeSignalHeld&) = delete;
  PipeSignalHeld& operator=(const PipeSignalHeld&) = delete;

 private:
  sigset_t pipe_{};
  sigset_t before_{};
  bool was_pending_ = false;
};

// IPP state words where there are such; Linux printer classes answer ENOSPC when paper is out.
std::string device_reason(int error) {
  switch (error) {
    case ENOSPC:
      return "media-empty";
    case ENXIO:
    case ENOENT:
    case ENODEV:
    case EPIPE:
    case EIO:
      return "offline";
    case EACCES:
    case EPERM:
    case EROFS:
      return "not-permitted";
    case EBUSY:
      return "busy";
    case ETIMEDOUT:
      return "timed-out";
    default:
      return std::generic_category().message(error);
  }
}

std::string advice_for(int error) {
  if (error == EACCES || error == EPERM) return "give this user the right to write to it";
  if (error == EBUSY) return "another program holds it; close that one";
  if (error == EISDIR) return "it is a folder; write \"file:FOLDER\" for that";
  return "switch the printer on and check its cable";
}

// Whether a failed write certainly moved nothing. A device that reports EIO or vanishes may have
// sent a part of it before.
bool moved_nothing(int error) {
  return error == ENOSPC || error == EPIPE || error == ETIMEDOUT;
}

// Waits until bytes can be written; 0, or ETIMEDOUT or another errno.
int wait_writable(int fd, Clock::time_point end) {
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return ETIMEDOUT;
    pollfd wanted{fd, POLLOUT, 0};
    const int count = ::poll(&wanted, 1, static_cast<int>(std::min<long long>(left, 60'000)));
    // What is wrong with the path is told by the next write.
    if (count > 0) return 0;
    if (count < 0 && errno != EINTR) return errno;
  }
}

// Writes all of it or says why not. `moved` is exact either way.
int write_all(int fd, std::string_view bytes, Clock::time_point end, std::size_t& moved) {
  while (moved < bytes.size()) {
    const ssize_t count = ::write(fd, bytes.data() + moved, bytes.size() - moved);
    if (count > 0) {
      moved += static_cast<std::size_t>(count);
      continue;
    }
    const int error = count == 0 ? EAGAIN : errno;
    if (error == EINTR) continue;
    if (error != EAGAIN) return error;
    if (const int waited = wait_writable(fd, end); waited != 0) return waited;
  }
  return 0;
}

}  // namespace

int RawPrinter::open() {
  close();
  // O_NONBLOCK: opening a FIFO without reader must fail, not wait. No O_CREAT: a mistyped device
  // would become a file that swallows labels.
  fd_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  return fd_ < 0 ? errno : 0;
}

void RawPrinter::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

// Whether what is open is still what the path names, and nobody has hung up.
bool RawPrinter::is_still_there() const {
  struct stat opened {};
  struct stat named {};
  if (fd_ < 0 || ::fstat(fd_, &opened) != 0 || ::stat(path_.c_str(), &named) != 0) return false;
  if (opened.st_dev != named.st_dev || opened.st_ino != named.st_ino) return false;
  pollfd state{fd_, POLLOUT, 0};
  return ::poll(&state, 1, 0) >= 0 && (state.revents & (POLLERR | POLLHUP | POLLNVAL)) == 0;
}

Status RawPrinter::ready() {
  if (is_still_there()) return Ok{};
  const int error = open();
  if (error == 0) return Ok{};
  return Error{device_reason(error), "The printer at " + path_ + " cannot be reached (" +
                                         std::generic_category().message(error) + "); " +
                                         advice_for(error) +
                                         " / 连不上打印机，请检查电源、连线和权限"};
}

PrintOutcome RawPrinter::print(const ports::PrintJob& job, Duration deadline) {
  const auto end = Clock::now() + std::chrono::microseconds(deadline.us);
  if (fd_ < 0) {
    if (const int error = open(); error != 0)
      return {PrintResult::rejected, device_reason(error), 0};
  }
  PrintOutcome outcome;
  int error = 0;
  {
    const PipeSignalHeld held;
    error = write_all(fd_, job.bytes, end, outcome.bytes_moved);
  }
  // The end of a job is the end of the file for a reader of a FIFO.
  close();
  if (error == 0) {
    outcome.result = PrintResult::printed;
    return outcome;
  }
  outcome.reason = device_reason(error);
  outcome.result = outcome.bytes_moved == 0 && moved_nothing(error) ? PrintResult::rejected
                                                                    : PrintResult::unknown;
  return outcome;
}

}  // namespace packbench::drivers
