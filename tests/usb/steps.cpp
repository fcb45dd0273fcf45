#include "tests/usb/steps.h"

#include <array>
#include <cstdio>
#include <utility>

#include "base/check.h"

namespace packbench::test {
namespace {

const char* word(StepKind kind) {
  switch (kind) {
    case StepKind::opened:
      return "opened";
    case StepKind::closed:
      return "closed";
    case StepKind::detached:
      return "detached";
    case StepKind::attached:
      return "attached";
    case StepKind::claimed:
      return "claimed";
    case StepKind::released:
      return "released";
    case StepKind::alternate:
      return "alternate";
    case StepKind::reset:
      return "reset";
    case StepKind::control:
      return "control";
    case StepKind::submitted:
      return "submitted";
    case StepKind::completed:
      return "completed";
    case StepKind::cancelled:
      return "cancelled";
    case StepKind::halt_cleared:
      return "halt_cleared";
  }
  return "";
}

bool has_endpoint(StepKind kind) {
  return kind == StepKind::submitted || kind == StepKind::completed ||
         kind == StepKind::cancelled || kind == StepKind::halt_cleared;
}

bool has_interface(StepKind kind) {
  return kind == StepKind::detached || kind == StepKind::attached || kind == StepKind::claimed ||
         kind == StepKind::released || kind == StepKind::alternate;
}

}  // namespace

std::string to_string(const Step& step) {
  std::string text = word(step.kind);
  if (has_endpoint(step.kind)) {
    std::array<char, 8> address{};
    std::snprintf(address.data(), address.size(), " 0x%02x", static_cast<unsigned>(step.target));
    text += address.data();
  } else if (has_interface(step.kind)) {
    text += ' ' + std::to_string(step.target);
  }
  if (!step.detail.empty()) text += ' ' + step.detail;
  return text;
}

bool StepMatch::fits(const Step& step) const {
  return (!kind || *kind == step.kind) && (!target || *target == step.target);
}

void Steps::at(const StepMatch& match, std::size_t nth, Moment moment, Action action) {
  CHECK(nth > 0);
  triggers_.push_back({match, nth, moment, std::move(action)});
}

void Steps::begin(Step step) {
  log_.push_back(step);
  run(step, Moment::before);
}

void Steps::run(const Step& step, Moment moment) {
  // An action may set further triggers: the ready ones are taken out before any of them runs.
  std::vector<Action> ready;
  for (auto trigger = triggers_.begin(); trigger != triggers_.end();) {
    if (trigger->moment != moment || !trigger->match.fits(step) || --trigger->left > 0) {
      ++trigger;
      continue;
    }
    ready.push_back(std::move(trigger->action));
    trigger = triggers_.erase(trigger);
  }
  for (const Action& action : ready) action();
}

}  // namespace packbench::test
