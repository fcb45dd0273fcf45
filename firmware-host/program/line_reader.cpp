#include "program/line_reader.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

#include "base/check.h"

namespace packbench::program {

LineReader::LineReader(int fd) : fd_(fd), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  CHECK(wake_ >= 0);
}

LineReader::~LineReader() {
  ::close(wake_);
}

void LineReader::wake() {
  const std::uint64_t one = 1;
  // A full counter is a wake that is still to be seen.
  static_cast<void>(!::write(wake_, &one, sizeof one));
}

bool LineReader::take_line() {
  const std::size_t end = buffer_.find('\n');
  if (end == std::string::npos && !(ended_ && !buffer_.empty())) return false;
  line_ = buffer_.substr(0, end);
  buffer_.erase(0, end == std::string::npos ? end : end + 1);
  if (!line_.empty() && line_.back() == '\r') line_.pop_back();
  return true;
}

bool LineReader::next_is(const std::string& line) {
  pollfd wanted{fd_, POLLIN, 0};
  if (buffer_.empty() && !ended_ && ::poll(&wanted, 1, 0) > 0) read_more();
  return buffer_.starts_with(line + "\n") || buffer_.starts_with(line + "\r\n");
}

void LineReader::read_more() {
  std::array<char, 4096> part{};
  const ssize_t count = ::read(fd_, part.data(), part.size());
  if (count > 0)
    buffer_.append(part.data(), static_cast<std::size_t>(count));
  else if (count == 0 || errno != EINTR)
    ended_ = true;
}

LineReader::Event LineReader::next() {
  while (true) {
    std::uint64_t wakes = 0;
    if (::read(wake_, &wakes, sizeof wakes) == sizeof wakes) return Event::woken;
    if (take_line()) return Event::line;
    if (ended_) return Event::end;
    std::array<pollfd, 2> wanted{{{fd_, POLLIN, 0}, {wake_, POLLIN, 0}}};
    if (::poll(wanted.data(), wanted.size(), -1) < 0 && errno != EINTR) return Event::end;
    if ((wanted[0].revents & (POLLIN | POLLHUP | POLLERR | POLLNVAL)) == 0) continue;
    read_more();
  }
}

}  // namespace packbench::program
