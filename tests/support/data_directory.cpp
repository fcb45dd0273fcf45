#include "tests/support/data_directory.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/check.h"

namespace packbench::test {

namespace fs = std::filesystem;

namespace {

// In memory where there is room: these tests end programs, not machines, so the disk proves
// nothing here and only costs time. TMPDIR says otherwise.
fs::path parent_folder() {
  constexpr std::uintmax_t room = 512ULL << 20;
  std::error_code missing;
  const fs::path memory = "/dev/shm";
  if (std::getenv("TMPDIR") == nullptr && fs::space(memory, missing).available >= room &&
      !missing && ::access(memory.c_str(), W_OK) == 0)
    return memory;
  return fs::temp_directory_path();
}

}  // namespace

DataDirectory::DataDirectory() {
  std::string name = (parent_folder() / "packbench-test-XXXXXX").string();
  CHECK(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

DataDirectory::~DataDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string DataDirectory::write(const std::string& name, const std::string& text) const {
  const std::string whole = path(name);
  std::ofstream file(whole, std::ios::binary);
  file << text;
  file.close();
  CHECK(static_cast<bool>(file));
  return whole;
}

std::string DataDirectory::read(const std::string& name) const {
  std::ifstream file(path(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool DataDirectory::has(const std::string& name) const {
  return fs::exists(path(name));
}

std::vector<std::string> DataDirectory::list(const std::string& folder) const {
  std::vector<std::string> names;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(path(folder), missing))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

void DataDirectory::copy_from(const DataDirectory& other) const {
  fs::copy(other.path(), path_, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

}  // namespace packbench::test
