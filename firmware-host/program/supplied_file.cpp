#include "program/supplied_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "label/supplied.h"
#include "program/child_program.h"

namespace packbench::program {
namespace {

// Reads at most `most` bytes and one more, which says that there are too many.
std::string read_some(int fd, std::size_t most) {
  std::string bytes(most + 1, '\0');
  std::size_t length = 0;
  while (length < bytes.size()) {
    const ssize_t n = ::read(fd, bytes.data() + length, bytes.size() - length);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    length += static_cast<std::size_t>(n);
  }
  bytes.resize(length);
  return bytes;
}

}  // namespace

Result<std::string> read_supplied_file(const std::string& path, const std::string& name) {
  const Error no_file =
      label::unprintable_file(name + " is no file: put the label there, then print again",
                              name + " 不是文件：放好面单再打印");
  // Looked at first, for opening alone may move a device.
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode)) return no_file;
  // O_NONBLOCK: a pipe that took its place meanwhile must not hold the bench up.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) {
    if (errno == ENOENT)
      return label::unprintable_file("is missing: put " + name + " there, then print again",
                                     "文件不见了：放好 " + name + " 再打印");
    const std::string why = std::strerror(errno);
    return label::unprintable_file(
        name + " cannot be read (" + why + "): check its permissions, then print again",
        "文件 " + name + " 读不了（" + why + "）：检查权限再打印");
  }
  const bool plain = ::fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
  const auto size = static_cast<std::size_t>(plain ? about.st_size : 0);
  std::string bytes;
  if (plain && size <= label::kSuppliedBytesMax) bytes = read_some(fd, size);
  ::close(fd);
  if (!plain) return no_file;
  if (size > label::kSuppliedBytesMax || bytes.size() > label::kSuppliedBytesMax)
    return label::unprintable_file(
        name + " is larger than 8 MB: ask the platform or the carrier for a smaller file",
        "文件 " + name + " 超过 8 MB：请平台或快递换一个小的");
  return bytes;
}

label::AskPdf ask_poppler(std::chrono::milliseconds patience) {
  return [patience](const label::PdfQuestion& question, std::string_view pdf) {
    constexpr std::uint64_t kMemory = 512ULL << 20U;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(patience).count();
    return run_child(question.command, pdf,
                     {kMemory, static_cast<int>(seconds), patience, question.output_max});
  };
}

}  // namespace packbench::program
