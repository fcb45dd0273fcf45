#include "domain/compensation.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "base/check.h"

namespace packbench {
namespace {

// Payments that count as one.
struct Group {
  const CompensationCase* first = nullptr;
  std::int64_t paid = 0;
  ClockState state = ClockState::at_risk;
};

bool belongs(const Group& group, const CompensationCase& each, const PlatformPolicy& policy) {
  const CompensationCase& first = *group.first;
  if (each.buyer.empty() || !each.paid_at || !first.paid_at) return false;
  return each.buyer == first.buyer && each.key.platform == first.key.platform &&
         each.key.shop == first.key.shop && *each.paid_at - *first.paid_at <= policy.same_buyer;
}

class Counter {
 public:
  explicit Counter(const PlatformPolicies& policies) : policies_(policies) {}

  void add(const CompensationCase& each) {
    const PlatformPolicy policy = policy_of(policies_, each.key.platform);
    if (each.state == ClockState::late) {
      result_.points_min = add_up(result_.points_min, policy.points_min);
      result_.points_max = add_up(result_.points_max, policy.points_max);
    }
    if (each.service != Service::standard) add_service(each, policy);
    if (!each.paid || each.paid->minor < 0) return miss("payment_unknown", "");
    if (each.paid->currency != policy.currency) return miss("other_currency", each.paid->currency);
    if (!open_ || !belongs(*open_, each, policy)) {
      close();
      open_ = Group{&each, 0, ClockState::at_risk};
    }
    open_->paid = add_up(open_->paid, each.paid->minor);
    if (each.state == ClockState::late) open_->state = ClockState::late;
  }

  Compensation finish() {
    close();
    std::sort(result_.sums.begin(), result_.sums.end(),
              [](const auto& a, const auto& b) { return a.currency < b.currency; });
    std::sort(result_.gaps.begin(), result_.gaps.end(), [](const auto& a, const auto& b) {
      return std::tie(a.reason, a.currency) < std::tie(b.reason, b.currency);
    });
    return std::move(result_);
  }

 private:
  CompensationSum& sum_in(const std::string& currency) {
    for (CompensationSum& sum : result_.sums) {
      if (sum.currency == currency) return sum;
    }
    return result_.sums.emplace_back(CompensationSum{currency});
  }

  static void add_to(CompensationSum& sum, ClockState state, std::int64_t amount) {
    std::int64_t& total = state == ClockState::late ? sum.late : sum.at_risk;
    total = add_up(total, amount);
  }

  void add_service(const CompensationCase& each, const PlatformPolicy& policy) {
    if (policy.service_breach == 0) return;
    CompensationSum& sum = sum_in(policy.currency);
    add_to(sum, each.state, policy.service_breach);
    std::int64_t& of_it = each.state == ClockState::late ? sum.service_late : sum.service_at_risk;
    of_it = add_up(of_it, policy.service_breach);
  }

  void miss(const char* reason, const std::string& currency) {
    ++result_.not_counted;
    for (CompensationGap& gap : result_.gaps) {
      if (gap.reason == reason && gap.currency == currency) {
        ++gap.orders;
        return;
      }
    }
    result_.gaps.push_back({reason, currency, 1});
  }

  void close() {
    if (!open_) return;
    const PlatformPolicy policy = policy_of(policies_, open_->first->key.platform);
    add_to(sum_in(policy.currency), open_->state, compensation(open_->paid, policy));
    open_.reset();
  }

  const PlatformPolicies& policies_;
  Compensation result_;
  std::optional<Group> open_;
};

}  // namespace

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
  std::erase_if(cases, [](const CompensationCase& each) {
    return each.refunded || (each.state != ClockState::late && each.state != ClockState::at_risk);
  });
  const auto place = [](const CompensationCase& each) {
    return std::tie(each.key.platform, each.key.shop, each.buyer, each.paid_at, each.key.number);
  };
  std::sort(cases.begin(), cases.end(),
            [&place](const auto& a, const auto& b) { return place(a) < place(b); });
  Counter counter(policies);
  for (const CompensationCase& each : cases) counter.add(each);
  return counter.finish();
}

std::int64_t add_up(std::int64_t a, std::int64_t b) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (b > 0 && a > Limits::max() - b) return Limits::max();
  if (b < 0 && a < Limits::min() - b) return Limits::min();
  return a + b;
}

}  // namespace packbench
