#include <array>
#include <charconv>
#include <utility>

#include "station/draft.h"
#include "station/messages.h"

namespace packbench::station {
namespace {

constexpr std::array<std::pair<std::string_view, Verb>, 33> verbs{{
    {"sign-in", Verb::sign_in},
    {"sign-out", Verb::sign_out},
    {"open", Verb::open},
    {"quantity", Verb::quantity},
    {"item", Verb::item},
    {"short", Verb::short_},
    {"damaged", Verb::damaged},
    {"differs", Verb::differs},
    {"check", Verb::check},
    {"override", Verb::override_},
    {"weight", Verb::weight},
    {"next-parcel", Verb::next_parcel},
    {"print", Verb::print},
    {"printed", Verb::printed},
    {"void", Verb::void_},
    {"reprint", Verb::reprint},
    {"undo", Verb::undo},
    {"park", Verb::park},
    {"abandon", Verb::abandon},
    {"release", Verb::release},
    {"handover", Verb::handover},
    {"close-manifest", Verb::close_manifest},
    {"confirm", Verb::confirm},
    {"cancel-order", Verb::cancel_order},
    {"advance", Verb::advance},
    {"close-shift", Verb::close_shift},
    {"card", Verb::card},
    {"accept-trace", Verb::accept_trace},
    {"returned", Verb::returned},
    {"refused-by-courier", Verb::refused_by_courier},
    {"settle", Verb::settle},
    {"incident", Verb::incident},
    {"print-manifest", Verb::print_manifest},
}};

// Words are parted by spaces; double quotes keep a SKU with spaces together.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  bool any = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
      any = true;
    } else if ((c == ' ' || c == '\t') && !quoted) {
      if (any || !word.empty()) words.push_back(std::exchange(word, {}));
      any = false;
    } else {
      word += c;
    }
  }
  if (any || !word.empty()) words.push_back(word);
  return words;
}

}  // namespace

Command parse_command_line(std::string_view line) {
  if (!line.empty() && line.front() == '/') line.remove_prefix(1);
  std::vector<std::string> words = words_of(line);
  Command command;
  if (words.empty()) return command;
  for (const auto& [word, verb] : verbs) {
    if (word == words.front()) command.verb = verb;
  }
  if (command.verb == Verb::unknown) {
    command.args = {words.front()};
    return command;
  }
  command.args.assign(words.begin() + 1, words.end());
  return command;
}

std::string joined(const std::vector<std::string>& words, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < words.size(); ++i) {
    if (!text.empty()) text += ' ';
    text += words[i];
  }
  return text;
}

std::optional<int> whole_number(const std::string& text) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || text.empty()) return std::nullopt;
  return value;
}

}  // namespace packbench::station
