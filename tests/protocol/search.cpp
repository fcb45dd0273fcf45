#include "search.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/check.h"

namespace packbench::protocol {
namespace {

struct HashState {
  std::size_t operator()(const State& state) const {
    return std::hash<std::string_view>{}({reinterpret_cast<const char*>(&state), sizeof(State)});
  }
};

class Search {
 public:
  explicit Search(const Setting& setting)
      : bench_(setting.source), mutation_(setting.mutation), watched_(setting.watched) {
    State first;
    first.station = first.before = bench_.first();
    first.world.troubles = static_cast<Byte>(setting.limits.troubles);
    first.world.crashes = static_cast<Byte>(setting.limits.crashes);
    add(first, 0, {Move::begin, 0});
  }

  Result run() {
    for (std::uint32_t i = 0; i < nodes_.size() && !result_.found; ++i) expand(i);
    if (!result_.found && (watched_ & of(Rule::dead_end)) != 0) look_for_dead_end();
    result_.states = nodes_.size();
    result_.stations = bench_.stations();
    result_.decisions = bench_.decisions();
    result_.longest = trace(static_cast<std::uint32_t>(nodes_.size() - 1)).size() - 1;
    return result_;
  }

 private:
  struct Node {
    const State* state;  // a key of numbers_
    std::uint32_t from;
    Step step;
  };

  std::uint32_t add(const State& state, std::uint32_t from, Step step) {
    const auto [place, fresh] =
        numbers_.try_emplace(state, static_cast<std::uint32_t>(nodes_.size()));
    if (!fresh) return place->second;
    nodes_.push_back({&place->first, from, step});
    result_.attempts = std::max(result_.attempts, int{bench_.look(state.station).attempt});
    return place->second;
  }

  void expand(std::uint32_t from) {
    const State state = *nodes_[from].state;
    for (const Branch& branch : moves(bench_, mutation_, state)) {
      ++result_.transitions;
      result_.met |= branch.met;
      const std::size_t known = nodes_.size();
      const std::uint32_t to = add(branch.to, from, branch.step);
      if (!branch.trouble) calm_.emplace_back(to, from);
      Rules broken = branch.broken;
      if (nodes_.size() > known && labels_that_count(bench_, mutation_, branch.to) > 1)
        broken |= of(Rule::two_labels);
      if ((broken & watched_) == 0) continue;
      report(broken & watched_, from, branch.step);
      return;
    }
  }

  void report(Rules broken, std::uint32_t from, Step last) {
    Found found;
    for (unsigned rule = 0; rule < static_cast<unsigned>(Rule::count_); ++rule) {
      if ((broken & (1U << rule)) == 0) continue;
      found.rule = static_cast<Rule>(rule);
      break;
    }
    found.trace = trace(from);
    found.trace.push_back(in_words(last));
    result_.found = std::move(found);
  }

  std::vector<std::string> trace(std::uint32_t node) const {
    std::vector<std::string> steps;
    for (; node != 0; node = nodes_[node].from) steps.push_back(in_words(nodes_[node].step));
    steps.push_back(in_words(nodes_[0].step));
    std::reverse(steps.begin(), steps.end());
    return steps;
  }

  // The parcel was staged; or the order was cancelled, or given up by the packer, and has left the
  // bench.
  bool is_end(const State& state) const {
    return !bench_.look(state.station).open() && state.world.down == 0;
  }

  // Backwards from the ends, over steps that need nothing to go wrong; giving up an order that
  // still stands is none of them. What is not met has no way out.
  void look_for_dead_end() {
    std::sort(calm_.begin(), calm_.end());
    std::vector<bool> leads_out(nodes_.size(), false);
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      if (!is_end(*nodes_[i].state)) continue;
      leads_out[i] = true;
      open.push_back(i);
    }
    while (!open.empty()) {
      const std::uint32_t node = open.back();
      open.pop_back();
      auto step = std::lower_bound(calm_.begin(), calm_.end(), std::pair{node, 0U});
      for (; step != calm_.end() && step->first == node; ++step) {
        if (leads_out[step->second]) continue;
        leads_out[step->second] = true;
        open.push_back(step->second);
      }
    }
    const auto dead = std::find(leads_out.begin(), leads_out.end(), false);
    if (dead == leads_out.end()) return;
    const auto node = static_cast<std::uint32_t>(dead - leads_out.begin());
    result_.found = Found{Rule::dead_end, trace(node)};
  }

  Bench bench_;
  const Mutation mutation_;
  const Rules watched_;
  std::unordered_map<State, std::uint32_t, HashState> numbers_;
  std::vector<Node> nodes_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> calm_;  // steps backwards: to, from
  Result result_;
};

}  // namespace

Result search(const Setting& setting) {
  return Search(setting).run();
}

}  // namespace packbench::protocol
