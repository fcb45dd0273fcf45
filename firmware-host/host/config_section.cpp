#include "host/config_section.h"

#include <algorithm>

namespace packbench::host {
namespace {

constexpr const char* kAbove = "move it above the first [table]";

std::string place(std::size_t line) {
  return line == 0 ? "packbench.toml: " : "packbench.toml, line " + std::to_string(line) + ": ";
}

// How many letters are wrong, missing, too many or swapped with their neighbour.
std::size_t slips(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + other});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

Error bad_file(const std::string& what, std::size_t line) {
  const bool asks = !what.empty() && what.back() == '?';
  return {"bad_config",
          place(line) + what + (asks ? " Mend" : "; mend") + " the file and start again"};
}

Error bad_config(const std::string& key, const std::string& expected, std::size_t line) {
  return bad_file(key + " must be " + expected, line);
}

std::size_t line_of(const toml::node* node) {
  return node == nullptr ? 0 : node->source().begin.line;
}

std::optional<std::string> nearest(const std::string& word, const std::set<std::string>& words) {
  // Beyond this it is another word, and no key is longer.
  constexpr std::size_t kLongest = 64;
  if (word.size() > kLongest) return std::nullopt;
  std::optional<std::string> best;
  std::size_t fewest = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& other : words) {
    const bool half = word.size() >= 4 && other.starts_with(word);
    const std::size_t here = half ? 1 : slips(word, other);
    if (here >= fewest) continue;
    fewest = here;
    best = other;
  }
  return best;
}

void Section::read_list(const char* key, std::vector<std::string>& out) {
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

void Section::add_to(KeyPlaces& places) const {
  for (const std::string& key : known_)
    places.emplace(key, name_.empty() ? kAbove : "move it below [" + name_ + "]");
}

void Section::fail(const std::string& key, const std::string& expected) {
  if (error_) return;
  const toml::node* node = table_ == nullptr ? nullptr : table_->get(key);
  error_ = bad_config(name_.empty() ? key : name_ + "." + key, expected,
                      line_of(node == nullptr ? table_ : node));
}

std::string Section::title() const {
  if (name_.empty()) return "above the tables";
  for (const char* list : {"device", "season"}) {
    const std::string numbered = std::string(list) + " ";
    if (name_.starts_with(numbered))
      return "in [[" + std::string(list) + "]] " + name_.substr(numbered.size());
  }
  return "in [" + name_ + "]";
}

// Names the key as it would be written from the top, then what is likely meant.
Error Section::unknown(const std::string& key, std::size_t line, const KeyPlaces& places) const {
  const auto elsewhere = places.find(key);
  if (elsewhere != places.end())
    return bad_file(key + " stands " + title() + "; " + elsewhere->second, line);
  const std::string full = name_.empty() ? key : name_ + "." + key;
  if (const auto meant = nearest(key, known_))
    return bad_file(full + ": there is no such key; did you mean " + *meant + "?", line);
  std::set<std::string> others;
  for (const auto& [other, what] : places) others.insert(other);
  if (const auto meant = nearest(key, others))
    return bad_file(
        full + ": there is no such key; if you mean " + *meant + ", " + places.at(*meant), line);
  return bad_file(full + ": there is no such key; README, Configuration, has them all", line);
}

std::optional<Error> Section::finish(const KeyPlaces& places) {
  if (error_ || table_ == nullptr) return error_;
  for (const auto& [key, node] : *table_) {
    const std::string name(key.str());
    // The tables at the top are looked at by whoever reads them.
    if (known_.count(name) != 0 || (node.is_table() && name_.empty())) continue;
    return error_ = unknown(name, key.source().begin.line, places);
  }
  return error_;
}

}  // namespace packbench::host
