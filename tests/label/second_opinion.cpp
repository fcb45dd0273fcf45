#include "tests/label/second_opinion.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

#include "base/check.h"
#include "label/png.h"

namespace packbench::label {
namespace {

namespace fs = std::filesystem;

std::string content(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// Several tests may want the renderer at the same moment.
class Lock {
 public:
  explicit Lock(const std::string& file)
      : file_(open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644)) {
    CHECK(file_ >= 0 && flock(file_, LOCK_EX) == 0);
  }
  ~Lock() { close(file_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  int file_;
};

// The text between two words after `from`, and where it ended.
std::optional<std::string> between(std::string_view text, std::string_view open,
                                   std::string_view close, std::size_t& from) {
  const std::size_t start = text.find(open, from);
  if (start == std::string_view::npos) return std::nullopt;
  const std::size_t begin = start + open.size(), end = text.find(close, begin);
  if (end == std::string_view::npos) return std::nullopt;
  from = end;
  return std::string(text.substr(begin, end - begin));
}

}  // namespace

bool full_scale() {
  const char* scale = std::getenv("PACKBENCH_TEST_SCALE");
  return scale != nullptr && std::string_view(scale) == "full";
}

ProgramRun run(const std::vector<std::string>& command, const std::string& folder,
               const std::string& input) {
  Workshop files;
  const std::string in = files.put(input, ".in"), out = files.put("", ".out");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_APPEND, 0);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ProgramRun result;
  pid_t child = -1;
  const int failed =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return {127, "there is no program " + command[0]};
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  result.out = content(out);
  return result;
}

Workshop::Workshop() {
  std::string name = ::testing::TempDir() + "label-XXXXXX";
  CHECK(mkdtemp(name.data()) != nullptr);
  folder_ = name;
}

Workshop::~Workshop() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string Workshop::put(const std::string& bytes, const std::string& ending) {
  const std::string name = folder_ + '/' + std::to_string(++count_) + ending;
  std::ofstream(name, std::ios::binary) << bytes;
  return name;
}

Renderer find_renderer() {
  const std::string source = PACKBENCH_ZPL_RENDERER, folder = PACKBENCH_ZPL_RENDERER_BUILD;
  fs::create_directories(folder);
  const Lock lock(folder + "/lock");
  const std::string mark = folder + "/installed";
  const std::string wanted = content(source + "/package-lock.json");
  if (content(mark) != wanted) {
    for (const char* file : {"package.json", "package-lock.json"}) {
      fs::copy_file(source + '/' + file, folder + '/' + file, fs::copy_options::overwrite_existing);
    }
    const auto npm = run({"npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit",
                          "--no-fund", "--fetch-retries=0", "--fetch-timeout=20000"},
                         folder);
    if (npm.exit_code != 0) return {"", npm.out};
    std::ofstream(mark) << wanted;
  }
  fs::copy_file(source + "/render.mjs", folder + "/render.mjs",
                fs::copy_options::overwrite_existing);
  const auto node = run({"node", "--version"}, folder);
  if (node.exit_code != 0) return {"", node.out};
  return {folder, ""};
}

std::vector<Rendered> render(const Renderer& renderer, Workshop& in,
                             const std::vector<PrintJob>& jobs) {
  std::string list;
  std::vector<std::string> files;
  for (const PrintJob& job : jobs) {
    files.push_back(in.put(job.bytes, ".zpl"));
    list +=
        files.back() + ' ' + std::to_string(job.width) + ' ' + std::to_string(job.height) + '\n';
  }
  const auto node = run({"node", "render.mjs"}, renderer.folder, list);
  EXPECT_EQ(node.exit_code, 0) << node.out;
  std::istringstream counts(node.out);
  std::vector<Rendered> out;
  for (const std::string& file : files) {
    Rendered one;
    if (!(counts >> one.labels)) {
      ADD_FAILURE() << "the renderer stopped at " << file << ": " << node.out;
      return {};
    }
    one.picture = file + ".1.png";
    if (auto picture = read_png(content(one.picture))) one.first = std::move(picture).value();
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<Symbols> read_with_zbar(const std::vector<std::string>& pictures) {
  std::vector<std::string> command = {"zbarimg",   "--quiet",          "--xml",          "--nodbus",
                                      "-Sdisable", "-Scode128.enable", "-Sqrcode.enable"};
  command.insert(command.end(), pictures.begin(), pictures.end());
  const auto zbar = run(command, ".");
  EXPECT_TRUE(zbar.exit_code == 0 || zbar.exit_code == 4) << zbar.out;  // 4: one has no symbol
  std::vector<Symbols> out;
  for (const std::string& picture : pictures) {
    Symbols found;
    std::size_t at = zbar.out.find("<source href='" + picture + "'>");
    if (at != std::string::npos) {
      const std::string part = zbar.out.substr(at, zbar.out.find("</source>", at) - at);
      at = 0;
      while (const auto kind = between(part, "<symbol type='", "'", at)) {
        const auto text = between(part, "<![CDATA[", "]]>", at);
        if (text) (*kind == "QR-Code" ? found.dots : found.bars).push_back(*text);
      }
    }
    out.push_back(std::move(found));
  }
  return out;
}

}  // namespace packbench::label
