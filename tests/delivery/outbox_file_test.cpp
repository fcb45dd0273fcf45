// An outbox file across a crash: what a power cut between any two steps may leave on the disk is
// either nothing under the file's name or the whole of it. The C library's calls are listened to
// on their way to the kernel.
#include "host/outbox_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <set>

#include "tests/support/data_directory.h"

namespace {

struct Step {
  enum class Kind { write, sync_file, rename, sync_folder } kind;
  std::string path, to, data;
};
std::vector<Step>* listening = nullptr;
std::size_t fails_at = 0;  // the step from 1 that comes to nothing; 0: none

std::string path_of(int fd) {
  char path[4096];
  const ssize_t n = ::readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), path, sizeof path);
  return n > 0 ? std::string(path, static_cast<std::size_t>(n)) : "";
}

bool is_folder(int fd) {
  return (::fcntl(fd, F_GETFL) & O_DIRECTORY) != 0;
}

// False where this step is the one that fails.
bool heard(Step step) {
  if (listening == nullptr) return true;
  if (listening->size() + 1 == fails_at) {
    errno = EIO;
    return false;
  }
  listening->push_back(std::move(step));
  return true;
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* data, size_t size) {
  const std::string text(static_cast<const char*>(data), size);
  if (!heard({Step::Kind::write, path_of(fd), "", text})) return -1;
  return ::syscall(SYS_write, fd, data, size);
}
int fsync(int fd) {
  const auto kind = is_folder(fd) ? Step::Kind::sync_folder : Step::Kind::sync_file;
  if (!heard({kind, path_of(fd), "", ""})) return -1;
  return static_cast<int>(::syscall(SYS_fsync, fd));
}
int rename(const char* from, const char* to) noexcept {
  if (!heard({Step::Kind::rename, from, to, ""})) return -1;
  return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

}  // extern "C"

namespace packbench::host {
namespace {

const std::string kText = "{\"confirmation\":\"one\"}\n{\"confirmation\":\"two\"}\n";
constexpr const char* kNothing = "(no file)";

class OutboxFile : public ::testing::Test {
 protected:
  Status write_file(std::size_t failing = 0) {
    steps_.clear();
    fails_at = failing;
    listening = &steps_;
    Status written = write_whole_file(dir_.path("outbox"), "B1-7.jsonl", kText);
    listening = nullptr;
    fails_at = 0;
    return written;
  }
  std::string content() const {
    return dir_.has("outbox/B1-7.jsonl") ? dir_.read("outbox/B1-7.jsonl") : kNothing;
  }
  // What may stand under the file's name when the power goes after the first `count` steps: what
  // was not synced may be there or not, the data and the new name each for itself.
  std::set<std::string> after_power_cut(std::size_t count) const {
    std::string written;
    bool data_safe = false, renamed = false, name_safe = false;
    for (std::size_t i = 0; i < count; ++i) {
      const Step& step = steps_[i];
      if (step.kind == Step::Kind::write) written += step.data;
      if (step.kind == Step::Kind::sync_file) data_safe = true;
      if (step.kind == Step::Kind::rename) renamed = true;
      if (step.kind == Step::Kind::sync_folder) name_safe = renamed;
    }
    std::set<std::string> states;
    if (!name_safe) states.insert(kNothing);
    if (!renamed) return states;
    states.insert(written);
    if (!data_safe) states.insert({"", written.substr(0, written.size() / 2)});
    return states;
  }

  const test::DataDirectory dir_;
  std::vector<Step> steps_;
};

TEST_F(OutboxFile, IsThereWholeOrNotAtAllWheneverThePowerGoes) {
  ASSERT_TRUE(write_file().ok());
  ASSERT_GE(steps_.size(), 4U) << "write, fsync, rename, fsync of the folder";
  for (std::size_t count = 0; count <= steps_.size(); ++count) {
    for (const std::string& state : after_power_cut(count))
      EXPECT_TRUE(state == kNothing || state == kText) << "after step " << count << ": " << state;
  }
  EXPECT_EQ(after_power_cut(steps_.size()), std::set<std::string>{kText});
  EXPECT_EQ(content(), kText);
}

TEST_F(OutboxFile, IsWrittenAgainAfterAnyStepThatFailed) {
  ASSERT_TRUE(write_file().ok());
  const std::size_t steps = steps_.size();
  for (std::size_t failing = 1; failing <= steps; ++failing) {
    std::filesystem::remove_all(dir_.path("outbox"));
    const Status written = write_file(failing);
    ASSERT_FALSE(written.ok()) << "step " << failing;
    EXPECT_EQ(written.error().code, "io_error");
    EXPECT_TRUE(content() == kNothing || content() == kText) << content();
    // The next try makes it whole, under the same name and beside no other.
    ASSERT_TRUE(write_file().ok());
    EXPECT_EQ(content(), kText);
    EXPECT_EQ(after_power_cut(steps_.size()), std::set<std::string>{kText});
    EXPECT_EQ(dir_.list("outbox"), std::vector<std::string>{"B1-7.jsonl"});
  }
}

}  // namespace
}  // namespace packbench::host
