// Section: reads one table of the configuration and remembers which keys it was asked for, so that
// a misspelt one is found. Used while the file is read; one thread.
#pragma once

#include <toml++/toml.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace packbench::host {

inline Error bad_config(const std::string& key, const std::string& expected) {
  return {"bad_config",
          "packbench.toml: " + key + " must be " + expected + "; mend the file and start again"};
}

class Section {
 public:
  Section(const toml::table* table, std::string name) : table_(table), name_(std::move(name)) {}

  template <class T>
  void read(const char* key, T& out, const char* expected) {
    known_.insert(key);
    const toml::node* node = table_ == nullptr ? nullptr : table_->get(key);
    if (node == nullptr) return;
    const auto value = node->value<T>();
    if (value)
      out = *value;
    else
      fail(key, expected);
  }

  void read_list(const char* key, std::vector<std::string>& out) {
    known_.insert(key);
    const toml::node* node = table_ == nullptr ? nullptr : table_->get(key);
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr) return fail(key, "a list of texts");
    out.clear();
    for (const toml::node& item : *array) {
      const auto text = item.value<std::string>();
      if (!text) return fail(key, "a list of texts");
      out.push_back(*text);
    }
  }

  // A key that somebody else reads.
  void know(const char* key) { known_.insert(key); }

  void fail(const std::string& key, const std::string& expected) {
    if (!error_) error_ = bad_config(name_.empty() ? key : name_ + "." + key, expected);
  }

  std::optional<Error> finish() {
    if (!error_ && table_ != nullptr) {
      for (const auto& [key, node] : *table_) {
        if (known_.count(std::string(key.str())) == 0 && !node.is_table())
          fail(std::string(key.str()), "one of the documented keys");
      }
    }
    return error_;
  }

 private:
  const toml::table* table_;
  std::string name_;
  std::set<std::string> known_;
  std::optional<Error> error_;
};

template <class Value>
void choose(Section& section, const char* key, Value& out,
            const std::map<std::string, Value>& words) {
  std::string word;
  section.read(key, word, "a text");
  if (word.empty()) return;
  const auto found = words.find(word);
  std::string expected = "one of";
  for (const auto& [name, value] : words) expected += " " + name;
  if (found == words.end())
    section.fail(key, expected);
  else
    out = found->second;
}

}  // namespace packbench::host
