// DataDirectory: a temporary directory that a test's bench works in; gone with its contents when
// the test ends. Value with an owner, one thread.
#pragma once

#include <string>
#include <vector>

namespace packbench::test {

class DataDirectory {
 public:
  DataDirectory();
  ~DataDirectory();
  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string path(const std::string& name) const { return path_ + "/" + name; }
  // Returns the whole path.
  std::string write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;
  bool has(const std::string& name) const;
  // Names in the folder, sorted; nothing where there is none.
  std::vector<std::string> list(const std::string& folder) const;
  // Everything of another directory, under the same names.
  void copy_from(const DataDirectory& other) const;

 private:
  std::string path_;
};

}  // namespace packbench::test
