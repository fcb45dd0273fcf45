// Section: reads one table of the configuration and remembers which keys it was asked for, so that
// a misspelt one is found, and one that stands in the wrong table. Used while the file is read; one
// thread.
#pragma once

#include <toml++/toml.h>

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace packbench::host {

// `line` 0: not known.
Error bad_config(const std::string& key, const std::string& expected, std::size_t line = 0);
// `what` is a whole sentence but for what to do in the end.
Error bad_file(const std::string& what, std::size_t line = 0);
std::size_t line_of(const toml::node* node);

// The word of `words` that somebody meant who wrote `word`; nothing where none is near.
std::optional<std::string> nearest(const std::string& word, const std::set<std::string>& words);

// What to do with a key that stands in the wrong table: "move it above the first [table]".
using KeyPlaces = std::map<std::string, std::string>;

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

  void read_list(const char* key, std::vector<std::string>& out);

  // A key that somebody else reads.
  void know(const char* key) { known_.insert(key); }
  const std::set<std::string>& known() const { return known_; }

  // Where the keys of this table belong; keys that stand there already keep their place.
  void add_to(KeyPlaces& places) const;

  void fail(const std::string& key, const std::string& expected);

  // The first error, be it a key that nobody asked for.
  std::optional<Error> finish(const KeyPlaces& places = {});

 private:
  std::string title() const;
  Error unknown(const std::string& key, std::size_t line, const KeyPlaces& places) const;

  const toml::table* table_;
  std::string name_;  // "": the keys above the first table
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
