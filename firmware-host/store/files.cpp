#include "store/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace packbench::store {
namespace {

constexpr useconds_t retry_us = 20'000;

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags, mode_t mode)
      : value_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }
  bool ok() const { return value_ >= 0; }

 private:
  int value_;
};

[[noreturn]] void fail_file(const std::string& path) {
  const int problem = errno;
  fail(problem == ENOSPC ? "no_space" : "cannot_open",
       fmt::format("{}: {}. Check the data directory's rights and space.", path,
                   std::strerror(problem)));
}

std::string folder_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

}  // namespace

LockFile::LockFile(const std::string& path, const std::string& advice, Duration patience) {
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) fail_file(path);
  for (std::int64_t left = patience.us; true; left -= retry_us) {
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    if (left <= 0) break;
    ::usleep(retry_us);
  }
  ::close(descriptor_);
  fail("busy", advice);
}

LockFile::~LockFile() {
  ::close(descriptor_);
}

std::optional<Key> read_key(const std::string& path) {
  const Descriptor file(path, O_RDONLY, 0);
  if (!file.ok()) {
    if (errno == ENOENT) return std::nullopt;
    fail_file(path);
  }
  Key key{};
  std::array<char, 1> more{};
  if (::read(file.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
      ::read(file.get(), more.data(), 1) != 0) {
    fail("corrupt", fmt::format("{} is not a key of 32 bytes: restore it from the backup", path));
  }
  return key;
}

void write_key(const std::string& path, const Key& key) {
  const std::string temporary = path + ".new";
  {
    const Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (!file.ok() ||
        ::write(file.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
        ::fsync(file.get()) != 0) {
      fail_file(temporary);
    }
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) fail_file(path);
  const Descriptor folder(folder_of(path), O_RDONLY | O_DIRECTORY, 0);
  if (!folder.ok() || ::fsync(folder.get()) != 0) fail_file(folder_of(path));
}

void create_private_file(const std::string& path) {
  const Descriptor file(path, O_RDWR | O_CREAT, 0600);
  if (!file.ok()) fail_file(path);
}

std::string join(const std::string& directory, const std::string& name) {
  return directory.empty() || directory.back() == '/' ? directory + name : directory + "/" + name;
}

}  // namespace packbench::store
