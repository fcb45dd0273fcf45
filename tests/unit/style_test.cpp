// The house's few rules of form that a machine can check, over the files that git keeps.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxLines = 450;

// What git keeps; empty when this is no git checkout.
std::vector<std::string> tracked_files() {
  const std::string command =
      "git -c safe.directory='*' -C '" PACKBENCH_SOURCE "' ls-files 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  std::string output;
  std::array<char, 4096> part{};
  while (pipe && std::fgets(part.data(), part.size(), pipe.get()) != nullptr) output += part.data();
  std::vector<std::string> files;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    if (fs::exists(fs::path(PACKBENCH_SOURCE) / line)) files.push_back(line);
  }
  return files;
}

std::string text_of(const std::string& name) {
  std::ifstream file(fs::path(PACKBENCH_SOURCE) / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool is_source(const std::string& name) {
  const std::string extension = fs::path(name).extension().string();
  return extension == ".h" || extension == ".cpp" || extension == ".cmake" || extension == ".sh" ||
         fs::path(name).filename() == "CMakeLists.txt" || name == "dev" || name == ".ci/run";
}

// What is wrong with one file's text; empty when nothing is. The patterns are written so that
// this file passes its own test.
std::string complaint(const std::string& name, const std::string& text) {
  static const std::regex unfinished(R"(\b(T[O]DO|F[I]XME)\b)");
  static const std::regex machine(R"(/[w]ork/|/[h]ome/|/[U]sers/|\.[l]ibrary/|[d]eb\.debian\.org)");
  if (text.find('\0') != std::string::npos) return "";  // a picture or another binary
  if (is_source(name)) {
    const auto lines = std::count(text.begin(), text.end(), '\n');
    if (static_cast<std::size_t>(lines) > kMaxLines) return "is too long; split it";
    if (std::regex_search(text, unfinished)) return "says that it is not finished";
  }
  if (std::regex_search(text, machine)) return "names a folder of somebody's machine";
  return "";
}

class Style : public ::testing::Test {
 protected:
  void SetUp() override {
    if (files_.empty()) GTEST_SKIP() << "not a git checkout";
  }
  const std::vector<std::string> files_ = tracked_files();
};

TEST(StyleRules, TellGoodFromBad) {
  const std::string unfinished = std::string("// TO") + "DO later\n";
  const std::string machine = std::string("see /wo") + "rk/main\n";
  const std::string long_text(kMaxLines + 1, '\n');
  EXPECT_EQ(complaint("a.cpp", "int a;\n"), "");
  EXPECT_NE(complaint("a.cpp", unfinished), "");
  EXPECT_NE(complaint("a.md", machine), "");
  EXPECT_NE(complaint("a.h", long_text), "");
  EXPECT_EQ(complaint("a.json", long_text), "");
}

TEST_F(Style, FilesAreShortFinishedAndOfNoMachine) {
  for (const std::string& name : files_) {
    EXPECT_EQ(complaint(name, text_of(name)), "") << name;
  }
}

TEST_F(Style, TheTopLevelHoldsOnlyWhatWasAgreed) {
  const std::set<std::string> agreed = {
      "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "assets", "dev",
      "drivers",        "firmware-host",     "tests",   "ui"};
  for (const std::string& name : files_) {
    const std::string top = name.substr(0, name.find('/'));
    EXPECT_TRUE(agreed.contains(top) || top.starts_with('.')) << name;
  }
}

}  // namespace
