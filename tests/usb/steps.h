// What a program did to an emulated device, step by step, and faults that wait for a step. Only
// steps that a run repeats in the same way are counted: looking for finished transfers is none.
// Thread rule: guarded by the lock of the bus.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace packbench::test {

enum class StepKind {
  opened,
  closed,
  detached,  // the kernel's driver was taken off the interface
  attached,  // ... and given back
  claimed,
  released,
  alternate,  // an alternate setting was chosen
  reset,
  control,    // a control request was submitted
  submitted,  // a transfer of an endpoint was submitted
  completed,  // ... and ended: done, failed or cancelled (control requests, too)
  cancelled,  // the program asked to end a transfer
  halt_cleared
};

struct Step {
  StepKind kind = StepKind::opened;
  // The endpoint's address, or the interface's number for what concerns an interface.
  int target = 0;
  // control: "21 22 value index length"; submitted: length; completed: status and bytes moved;
  // detached, attached: the driver's name.
  std::string detail;
};
// "claimed 0", "submitted 0x81 64": for messages of tests and for comparing logs.
std::string to_string(const Step& step);

struct StepMatch {
  std::optional<StepKind> kind;
  std::optional<int> target;
  bool fits(const Step& step) const;
};

enum class Moment { before, after };
using Action = std::function<void()>;

class Steps {
 public:
  // From now on, the `nth` (1, 2 ...) step that fits runs `action` once, just before the device
  // acts on it or just after.
  void at(const StepMatch& match, std::size_t nth, Moment moment, Action action);
  void forget_triggers() { triggers_.clear(); }

  // Before the device acts: writes the step down and runs what waits for it.
  void begin(Step step);
  void end(const Step& step) { run(step, Moment::after); }

  const std::vector<Step>& log() const { return log_; }
  void clear_log() { log_.clear(); }

 private:
  struct Trigger {
    StepMatch match;
    std::size_t left = 1;
    Moment moment = Moment::before;
    Action action;
  };
  void run(const Step& step, Moment moment);

  std::vector<Step> log_;
  std::vector<Trigger> triggers_;
};

}  // namespace packbench::test
