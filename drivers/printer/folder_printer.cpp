#include "drivers/printer/folder_printer.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace packbench::drivers {
namespace {

using ports::PrintOutcome;
using ports::PrintResult;

constexpr int kNamesTried = 10'000;
constexpr std::string_view kTemporary = ".packbench-";

// A job's name as a file name: no separators, nothing hidden.
std::string file_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '_' || c == '.';
    out += plain ? c : '_';
  }
  if (out.empty() || out.front() == '.') out.insert(0, "_");
  return out.substr(0, 100);
}

int sync_folder(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return errno;
  const int error = ::fsync(fd) == 0 ? 0 : errno;
  ::close(fd);
  return error;
}

// A file that vanishes unless it was given its name. What a crash leaves starts with a dot.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& folder, std::string_view kind)
      : path_(folder + '/' + std::string(kTemporary) + std::to_string(::getpid()) +
              std::string(kind)) {}
  ~TemporaryFile() {
    if (written_) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  int write(std::string_view bytes) {
    const int fd = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (fd < 0) return errno;
    written_ = true;
    int error = 0;
    while (!bytes.empty() && error == 0) {
      const ssize_t count = ::write(fd, bytes.data(), bytes.size());
      if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
      if (count < 0 && errno != EINTR) error = errno;
    }
    if (error == 0 && ::fdatasync(fd) != 0) error = errno;
    if (::close(fd) != 0 && error == 0) error = errno;
    return error;
  }

  // EEXIST where the name is taken: nothing is replaced, whoever else writes into the folder.
  int give_name(const std::string& name) {
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE) == 0) {
      written_ = false;
      return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) return errno;
    // File systems without RENAME_NOREPLACE have links, which do not replace either.
    return ::link(path_.c_str(), name.c_str()) == 0 ? 0 : errno;
  }

 private:
  const std::string path_;
  bool written_ = false;
};

// Finds a free name and puts the picture, then the job there. 0 or errno.
int place(TemporaryFile& job, TemporaryFile* picture, const std::string& stem,
          const std::string& ending) {
  for (int n = 1; n <= kNamesTried; ++n) {
    const std::string name = n == 1 ? stem : stem + '-' + std::to_string(n);
    const std::string picture_name = name + ".png";
    // Asked first, so that a taken name does not cost the picture its temporary file.
    if (::access((name + ending).c_str(), F_OK) == 0) continue;
    if (picture != nullptr) {
      const int error = picture->give_name(picture_name);
      if (error == EEXIST) continue;
      if (error != 0) return error;
    }
    return job.give_name(name + ending);
  }
  return EEXIST;
}

std::string folder_reason(int error) {
  if (error == ENOSPC || error == EDQUOT) return "no-space";
  if (error == EACCES || error == EPERM || error == EROFS) return "not-permitted";
  if (error == ENOENT || error == ENOTDIR) return "offline";
  return std::generic_category().message(error);
}

}  // namespace

Status FolderPrinter::ready() {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (!error && ::access(folder_.c_str(), W_OK | X_OK) != 0) {
    error.assign(errno, std::generic_category());
  }
  if (!error) return Ok{};
  return Error{folder_reason(error.value()),
               "Labels cannot be written to " + folder_ + " (" + error.message() +
                   "); choose another folder in the configuration or give the right to write / "
                   "面单文件夹写不进去，请换一个文件夹或检查权限"};
}

PrintOutcome FolderPrinter::print(const ports::PrintJob& job, Duration) {
  const auto rejected = [](int error) {
    return PrintOutcome{PrintResult::rejected, folder_reason(error), 0};
  };
  const std::string ending = '.' + std::string(job.language);
  TemporaryFile bytes(folder_, ending);
  if (const int error = bytes.write(job.bytes); error != 0) return rejected(error);
  TemporaryFile picture(folder_, ".png");
  const std::string png = job.preview_png ? job.preview_png() : std::string();
  if (!png.empty()) {
    if (const int error = picture.write(png); error != 0) return rejected(error);
  }
  const std::string stem = folder_ + '/' + file_name(job.name);
  if (const int error = place(bytes, png.empty() ? nullptr : &picture, stem, ending); error != 0) {
    return rejected(error);
  }
  // The job is in the folder; whether its name survives a power cut now is the disk's word.
  if (sync_folder(folder_) != 0) {
    return {PrintResult::unknown, "no-sync", job.bytes.size()};
  }
  return {PrintResult::printed, "", job.bytes.size()};
}

}  // namespace packbench::drivers
