#include "host/outbox_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace packbench::host {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Error failed(const std::string& what, int error) {
  const char* code = error == ENOSPC ? "no_space" : error == ENOENT ? "no_folder" : "io_error";
  return {code, what + ": " + std::strerror(error) +
                    "; free space or mend the folder, it is tried again every ten seconds"};
}

bool write_all(int fd, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(fd, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

Status write_whole_file(const std::string& folder, const std::string& name,
                        const std::string& text) {
  if (::mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST)
    return failed("the outbox folder " + folder, errno);
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0) return failed("the outbox folder " + folder, errno);
  const std::string path = folder + "/" + name;
  const std::string temporary = folder + "/." + name + ".tmp";
  {
    const Descriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.get() < 0) return failed("the outbox file " + path, errno);
    if (!write_all(file.get(), text) || ::fsync(file.get()) != 0)
      return failed("the outbox file " + path, errno);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0 || ::fsync(directory.get()) != 0)
    return failed("the outbox file " + path, errno);
  return Ok{};
}

}  // namespace packbench::host
