// assets/udev/install, with stubs in place of what would change this machine: what it does, what it
// says, and that a slip changes nothing.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace packbench {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class UdevInstall : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "packbench-install-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    for (const char* tool : {"groupadd", "usermod", "mkdir", "install", "udevadm"})
      stub(tool, "echo \"" + std::string(tool) + " $*\" >> " + path("calls"));
    stub("id", "echo 0");
    // The user anna is there; the group is not.
    stub("getent", "test \"$1 $2\" = \"passwd anna\"");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  void stub(const std::string& tool, const std::string& body) {
    fs::create_directories(folder_ / "bin");
    std::ofstream(folder_ / "bin" / tool) << "#!/bin/sh\n" << body << "\n";
    fs::permissions(folder_ / "bin" / tool, fs::perms::owner_all);
  }
  void real(const std::string& tool) { fs::remove(folder_ / "bin" / tool); }

  // The exit code; what it says is in said_, what it called in calls_.
  int run(const std::string& arguments, const std::string& settings = "") {
    const std::string line = "env -u SUDO_USER -u DESTDIR PATH=" + path("bin") + ":/usr/bin:/bin " +
                             settings + " " PACKBENCH_ASSETS "/udev/install " + arguments + " > " +
                             path("said") + " 2>&1";
    const int status = std::system(line.c_str());
    said_ = text_of(path("said"));
    calls_ = text_of(path("calls"));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  fs::path folder_;
  std::string said_, calls_;
};

TEST_F(UdevInstall, PutsTheRulesAndAddsTheUser) {
  EXPECT_EQ(run("anna"), 0) << said_;
  EXPECT_TRUE(contains(calls_, "70-packbench.rules /etc/udev/rules.d/70-packbench.rules"))
      << calls_;
  EXPECT_TRUE(contains(calls_, "groupadd --system packbench")) << calls_;
  EXPECT_TRUE(contains(calls_, "usermod --append --groups packbench anna")) << calls_;
  EXPECT_TRUE(contains(calls_, "udevadm control --reload")) << calls_;
  EXPECT_TRUE(contains(said_, "sign out and in again for it to count\n")) << said_;
}

TEST_F(UdevInstall, WhoCalledSudoIsTheUser) {
  EXPECT_EQ(run("", "SUDO_USER=anna"), 0) << said_;
  EXPECT_TRUE(contains(calls_, "usermod --append --groups packbench anna")) << calls_;
}

TEST_F(UdevInstall, WithoutAUserItSaysThatNobodyWasAdded) {
  EXPECT_EQ(run("", "SUDO_USER=root"), 0) << said_;
  EXPECT_FALSE(contains(calls_, "usermod")) << calls_;
  EXPECT_TRUE(contains(said_, "nobody was added")) << said_;
  EXPECT_TRUE(contains(said_, "udev/install USER")) << said_;
}

TEST_F(UdevInstall, AnUnknownUserChangesNothing) {
  EXPECT_EQ(run("ana"), 1);
  EXPECT_EQ(calls_, "");
  EXPECT_TRUE(contains(said_, "no user ana; nothing was done")) << said_;
}

TEST_F(UdevInstall, WithoutRootItNamesTheCommand) {
  stub("id", "echo 1000");
  EXPECT_EQ(run("anna"), 3);
  EXPECT_EQ(calls_, "");
  EXPECT_TRUE(contains(said_, "sudo ") && contains(said_, "udev/install anna")) << said_;
}

TEST_F(UdevInstall, BelowDestdirOnlyTheRulesArePut) {
  stub("id", "echo 1000");
  for (const char* tool : {"mkdir", "install"}) real(tool);
  EXPECT_EQ(run("anna", "DESTDIR=" + path("root")), 0) << said_;
  EXPECT_EQ(calls_, "") << "neither group nor user nor the machine's udev is touched";
  EXPECT_EQ(text_of(path("root/etc/udev/rules.d/70-packbench.rules")),
            text_of(PACKBENCH_ASSETS "/udev/70-packbench.rules"));
  EXPECT_TRUE(contains(said_, "nobody was added")) << said_;
}

TEST_F(UdevInstall, HelpPrintsTheUsageAndOtherOptionsAreRefused) {
  EXPECT_EQ(run("--help"), 0);
  EXPECT_TRUE(contains(said_, "usage: sudo assets/udev/install [USER]")) << said_;
  EXPECT_EQ(run("--user anna"), 2);
  EXPECT_EQ(run("anna berta"), 2);
  EXPECT_EQ(calls_, "");
}

}  // namespace
}  // namespace packbench
