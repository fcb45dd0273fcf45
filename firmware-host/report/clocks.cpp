#include "report/clocks.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "base/check.h"

namespace packbench::report {
namespace {

struct Group {
  const CompensationCase* first = nullptr;
  std::int64_t paid = 0;
  ClockState state = ClockState::at_risk;
};

bool is_counted(const CompensationCase& each, const PlatformPolicy& policy) {
  return each.paid && each.paid->minor >= 0 && each.paid->currency == policy.currency;
}

bool belongs(const Group& group, const CompensationCase& each, const PlatformPolicy& policy) {
  const CompensationCase& first = *group.first;
  if (each.buyer.empty() || !each.paid_at || !first.paid_at) return false;
  return each.buyer == first.buyer && each.key.platform == first.key.platform &&
         each.key.shop == first.key.shop && *each.paid_at - *first.paid_at <= policy.same_buyer;
}

void add(std::vector<CompensationSum>& sums, const Group& group, const PlatformPolicy& policy) {
  auto sum = std::find_if(sums.begin(), sums.end(), [&policy](const CompensationSum& each) {
    return each.currency == policy.currency;
  });
  if (sum == sums.end()) sum = sums.insert(sums.end(), {policy.currency});
  std::int64_t& total = group.state == ClockState::late ? sum->late : sum->at_risk;
  total = add_up(total, compensation(group.paid, policy));
}

}  // namespace

const char* word(ClockState state) {
  switch (state) {
    case ClockState::none:
      return "none";
    case ClockState::done:
      return "done";
    case ClockState::running:
      return "running";
    case ClockState::unknown:
      return "unknown";
    case ClockState::at_risk:
      return "at_risk";
    case ClockState::late:
      return "late";
  }
  CHECK(false);
  return "";
}

void count(ClockCount& counts, ClockState state) {
  if (state == ClockState::done) ++counts.done;
  if (state == ClockState::running) ++counts.running;
  if (state == ClockState::at_risk) ++counts.at_risk;
  if (state == ClockState::late) ++counts.late;
  if (state == ClockState::unknown) ++counts.unknown;
}

std::int64_t sum(const ClockCount& counts) {
  return counts.done + counts.running + counts.at_risk + counts.late + counts.unknown;
}

ClockState ship_state(std::optional<Instant> ship_by, std::optional<Instant> last_visit,
                      std::optional<Instant> picked_up, Instant now, Duration at_risk) {
  if (!ship_by) return ClockState::unknown;
  if (picked_up) return *picked_up <= *ship_by ? ClockState::done : ClockState::late;
  if (now > *ship_by) return ClockState::late;
  if (*ship_by - now <= at_risk) return ClockState::at_risk;
  if (last_visit && now > *last_visit) return ClockState::at_risk;
  return ClockState::running;
}

ClockState trace_state(std::optional<Instant> since, Duration limit, Instant now,
                       Duration at_risk) {
  if (!since) return ClockState::none;
  const Instant due = *since + limit;
  if (now > due) return ClockState::late;
  return due - now <= at_risk ? ClockState::at_risk : ClockState::running;
}

std::int64_t compensation(std::int64_t paid, const PlatformPolicy& policy) {
  CHECK(paid >= 0);
  CHECK(policy.compensation_percent >= 0 && policy.compensation_percent <= 100);
  CHECK(policy.compensation_min <= policy.compensation_max);
  // In two steps, because paid * percent may not fit.
  const std::int64_t share = paid / 100 * policy.compensation_percent +
                             (paid % 100 * policy.compensation_percent + 50) / 100;
  return std::clamp(share, policy.compensation_min, policy.compensation_max);
}

Compensation compensation_of(std::vector<CompensationCase> cases,
                             const PlatformPolicies& policies) {
  const auto place = [](const CompensationCase& each) {
    return std::tie(each.key.platform, each.key.shop, each.buyer, each.paid_at, each.key.number);
  };
  std::sort(cases.begin(), cases.end(),
            [&place](const auto& a, const auto& b) { return place(a) < place(b); });
  Compensation result;
  std::optional<Group> open;
  const auto close = [&] {
    if (open) add(result.sums, *open, policy_of(policies, open->first->key.platform));
    open.reset();
  };
  for (const CompensationCase& each : cases) {
    const PlatformPolicy policy = policy_of(policies, each.key.platform);
    if (!is_counted(each, policy)) {
      ++result.not_counted;
      continue;
    }
    if (!open || !belongs(*open, each, policy)) {
      close();
      open = Group{&each, 0, ClockState::at_risk};
    }
    open->paid = add_up(open->paid, each.paid->minor);
    if (each.state == ClockState::late) open->state = ClockState::late;
  }
  close();
  std::sort(result.sums.begin(), result.sums.end(),
            [](const auto& a, const auto& b) { return a.currency < b.currency; });
  return result;
}

std::int64_t add_up(std::int64_t a, std::int64_t b) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (b > 0 && a > Limits::max() - b) return Limits::max();
  if (b < 0 && a < Limits::min() - b) return Limits::min();
  return a + b;
}

}  // namespace packbench::report
