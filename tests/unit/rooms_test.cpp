// Dependencies point inwards. The linker keeps most of it; headers slip through, so includes are
// read.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string_view>;

// For each room, the path prefixes it may include besides its own. A folder stands for all of it.
const std::map<std::string_view, Names>& allowed_includes() {
  static const std::map<std::string_view, Names> table = {
      {"base/", {}},
      {"domain/", {"base/"}},
      {"station/", {"base/", "domain/"}},
      {"ports/", {"base/", "domain/"}},
      {"label/", {"base/", "domain/"}},
      // The station's vocabulary, to keep and to tell; never how it decides or evolves.
      {"store/",
       {"base/", "domain/", "station/messages", "station/record", "station/facts",
        "station/station", "station/codec"}},
      // The rows that figures are counted from are plain values; sqlite stays out of sight.
      {"report/", {"base/", "domain/", "station/messages", "station/record", "store/figures"}},
      {"exchange/", {"base/", "domain/"}},
      {"host/",
       {"base/", "domain/", "station/", "ports/", "label/", "store/", "exchange/", "report/"}},
      {"drivers/", {"base/", "domain/", "ports/"}},
      {"ui/", {"base/", "domain/", "station/messages", "station/view", "station/alert"}},
  };
  return table;
}

// Libraries that stay behind one room, so that another version or product touches only that room.
const std::map<std::string_view, std::string_view>& library_rooms() {
  static const std::map<std::string_view, std::string_view> table = {
      {"sqlite3.h", "store/"}, {"SDL.h", "ui/"},     {"SDL2/", "ui/"},
      {"imgui", "ui/"},        {"ZXing/", "label/"}, {"ReadBarcode.h", "label/"},
      {"curl/", "exchange/"},
  };
  return table;
}

bool is_room(std::string_view path) {
  if (path.starts_with("program/") || path.starts_with("tests/")) return true;
  for (const auto& [room, may] : allowed_includes()) {
    if (path.starts_with(room)) return true;
  }
  return false;
}

// Whether a file of `room` may include `path`. Headers of no room of ours are library headers.
bool may_include(std::string_view room, std::string_view path) {
  if (room == "program/") return !path.starts_with("tests/");
  if (!is_room(path)) {
    for (const auto& [library, owner] : library_rooms()) {
      if (path.starts_with(library)) return room == owner;
    }
    return true;
  }
  if (path.starts_with(room)) return true;
  for (const std::string_view prefix : allowed_includes().at(room)) {
    if (path.starts_with(prefix)) return true;
  }
  return false;
}

// The path between the quotes or angle brackets of an include line.
std::optional<std::string_view> included_path(std::string_view line) {
  const auto start = line.find_first_not_of(" \t");
  if (start == std::string_view::npos || !line.substr(start).starts_with("#include")) return {};
  const auto open = line.find_first_of("\"<", start);
  const auto close = line.find_last_of("\">");
  if (open == std::string_view::npos || close <= open) return {};
  return line.substr(open + 1, close - open - 1);
}

struct Include {
  fs::path file;
  std::string path;
};

std::vector<Include> includes_below(const fs::path& folder) {
  std::vector<Include> found;
  if (!fs::exists(folder)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      if (const auto path = included_path(line))
        found.push_back({entry.path(), std::string(*path)});
    }
  }
  return found;
}

fs::path folder_of(std::string_view room) {
  const fs::path source = PACKBENCH_SOURCE;
  const bool outside = room == "drivers/" || room == "ui/";
  return (outside ? source : source / "firmware-host") / room;
}

TEST(Rooms, TheRuleTellsInwardsFromOutwards) {
  EXPECT_TRUE(may_include("station/", "domain/order.h"));
  EXPECT_FALSE(may_include("domain/", "station/messages.h"));
  EXPECT_FALSE(may_include("ui/", "store/journal.h"));
  EXPECT_FALSE(may_include("drivers/", "host/inbox.h"));
  EXPECT_FALSE(may_include("store/", "station/core.h"));
  EXPECT_FALSE(may_include("host/", "sqlite3.h"));
  EXPECT_TRUE(may_include("store/", "sqlite3.h"));
  EXPECT_TRUE(may_include("base/", "vector"));
  EXPECT_FALSE(may_include("program/", "tests/support/temp_dir.h"));
}

TEST(Rooms, IncludeLinesAreRead) {
  EXPECT_EQ(included_path("#include \"base/units.h\"  // why"), "base/units.h");
  EXPECT_EQ(included_path("  #include <sqlite3.h>"), "sqlite3.h");
  EXPECT_EQ(included_path("int x;"), std::nullopt);
}

TEST(Rooms, EveryFileIncludesOnlyInwards) {
  std::size_t seen = 0;
  Names rooms = {"program/"};
  for (const auto& [room, may] : allowed_includes()) rooms.push_back(room);
  for (const std::string_view room : rooms) {
    for (const Include& include : includes_below(folder_of(room))) {
      ++seen;
      EXPECT_TRUE(may_include(room, include.path))
          << include.file.string() << " includes " << include.path << ", which " << room
          << " may not see";
    }
  }
  EXPECT_GT(seen, 100U) << "the source was not found below " << PACKBENCH_SOURCE;
}

// The auditor judges the core, so it may share no vocabulary with it.
TEST(Rooms, TheAuditorIsIndependent) {
  for (const Include& include : includes_below(fs::path(PACKBENCH_SOURCE) / "tests/simulation")) {
    if (!include.file.filename().string().starts_with("auditor")) continue;
    EXPECT_FALSE(include.path.starts_with("domain/") || include.path.starts_with("station/"))
        << include.file.string() << " includes " << include.path;
  }
}

}  // namespace
