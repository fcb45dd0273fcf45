#include "drivers/devices/devices.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>
#include <utility>

#include "base/check.h"
#include "drivers/devices/holder.h"
#include "drivers/devices/survey.h"

namespace packbench::drivers {
namespace {

using ports::DeviceRole;
using ports::DeviceState;

// A device that could not be taken is tried again, at first at once.
constexpr Duration kSettled = Duration::seconds(1);
// A printer whose language is not ours will not learn it, and others may want to use it.
constexpr Duration kRetryStranger = Duration::minutes(1);
constexpr Duration kRetryMax = Duration::seconds(5);

// A device is the same one only while it keeps its address: after replugging it is another.
using DeviceKey = std::pair<std::string, int>;
DeviceKey key_of(const UsbFacts& facts) {
  return {facts.place, facts.address};
}

struct Trouble {
  std::string reason, detail;
  Duration again;
  int tries = 0;
  bool stalled = false;
};

class Supervisor : public Devices {
 public:
  Supervisor(DevicesOptions options, DevicesListener listener)
      : options_(std::move(options)), listener_(std::move(listener)) {
    for (const std::string& name : options_.printers)
      printers_[name] = std::make_unique<UsbPrinter>([this] { wake(); });
    auto bus = UsbBus::open([this] { news(); });
    if (bus)
      bus_ = std::move(bus).value();
    else
      bus_problem_ = bus.error();
    look();
    thread_ = std::thread([this] { supervise(); });
  }

  ~Supervisor() override {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    woken_.notify_all();
    thread_.join();
    // Holders before the bus: the kernel's drivers get their devices back. The bus before the rest:
    // until it has gone its thread brings news.
    std::map<DeviceKey, std::unique_ptr<Holder>>().swap(held_);
    scale_.reset();
    bus_.reset();
  }

  std::optional<Error> bus_problem() const override {
    if (!bus_ || bus_->has_bus()) return bus_problem_;
    return Error{"no_bus",
                 "This machine has no USB bus; connect the devices to one that has / "
                 "这台机器没有 USB，请把设备接到有 USB 的机器上"};
  }

  // Why a device that is wanted is not there.
  std::string_view why_absent() const {
    const auto problem = bus_problem();
    if (!problem) return "offline";
    return problem->code == "no_bus" ? "no-bus" : "usb-error";
  }

  std::vector<DeviceState> states() const override {
    const std::lock_guard lock(mutex_);
    return states_;
  }

  ports::LabelPrinter& printer(const std::string& name) override {
    const auto found = printers_.find(name);
    CHECK(found != printers_.end());
    return *found->second;
  }

  std::optional<std::int64_t> stable_weight() const override {
    std::shared_ptr<UsbScale> scale;
    {
      const std::lock_guard lock(mutex_);
      scale = scale_;
    }
    return scale ? stable_grams(scale->last()) : std::nullopt;
  }

 private:
  void wake() {
    {
      const std::lock_guard lock(mutex_);
      wanted_ = true;
    }
    woken_.notify_all();
  }

  // A device that has just come may not be set up yet: it is looked at once more a moment later.
  void news() {
    {
      const std::lock_guard lock(mutex_);
      look_again_ = options_.clock() + kSettled;
    }
    wake();
  }

  void supervise() {
    std::unique_lock lock(mutex_);
    while (!stop_) {
      const auto again = look_again_;
      // Printers have locks of their own, which are never taken under this one.
      lock.unlock();
      const auto patience = std::chrono::microseconds(next_look(again).us);
      lock.lock();
      woken_.wait_for(lock, patience, [this] { return wanted_ || stop_; });
      if (stop_) return;
      wanted_ = false;
      if (look_again_ && *look_again_ <= options_.clock()) look_again_.reset();
      lock.unlock();
      look();
      lock.lock();
    }
  }

  // How long nothing needs to be looked at by itself.
  Duration next_look(const std::optional<Duration>& again) const {
    if (!bus_) return Duration::hours(24);
    const Duration now = options_.clock();
    Duration next = now + Duration::hours(1);
    for (const auto& [key, trouble] : troubles_) {
      if (held_.count(key) == 0) next = std::min(next, trouble.again);
    }
    if (!printers_.empty()) next = std::min(next, next_poll());
    if (again) next = std::min(next, *again);
    return std::max(Duration{next.us - now.us}, Duration::milliseconds(1));
  }

  void look() {
    std::vector<UsbFacts> plugged = bus_ ? bus_->devices() : std::vector<UsbFacts>();
    let_go_of_the_gone(plugged);
    auto found = find_devices(std::move(plugged));
    const auto assigned = assign(found, options_.bindings);
    std::set<DeviceKey> placed;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (!assigned[i].slot) continue;
      placed.insert(key_of(found[i].facts));
      take(found[i], *assigned[i].slot);
    }
    // Who has no place any more is not tried again, so nothing waits for it.
    std::erase_if(troubles_, [&](const auto& entry) { return placed.count(entry.first) == 0; });
    poll_printers();
    publish(found, assigned);
  }

  void let_go_of_the_gone(const std::vector<UsbFacts>& plugged) {
    const auto is_plugged = [&](const DeviceKey& key) {
      return std::any_of(plugged.begin(), plugged.end(),
                         [&](const UsbFacts& facts) { return key_of(facts) == key; });
    };
    std::map<DeviceKey, TransferEnd> ended;
    {
      const std::lock_guard lock(mutex_);
      ended.swap(ended_);
    }
    for (const auto& [key, end] : ended) {
      // It is opened anew below, and what is still open would be in its way.
      forget_scale(key);
      if (held_.erase(key) == 0 || end == TransferEnd::gone) continue;
      remember(key, {std::string(transfer_word(end)), ""}).stalled = end == TransferEnd::stalled;
    }
    for (const auto& [key, holder] : held_) {
      if (!is_plugged(key)) forget_scale(key);
    }
    std::erase_if(held_, [&](const auto& entry) { return !is_plugged(entry.first); });
    std::erase_if(descriptors_, [&](const auto& entry) { return !is_plugged(entry.first.first); });
    std::erase_if(ask_again_, [&](const auto& entry) { return !is_plugged(entry.first.first); });
  }

  void forget_scale(const DeviceKey& key) {
    const auto holder = held_.find(key);
    const std::lock_guard lock(mutex_);
    if (holder != held_.end() && holder->second->scale() == scale_) scale_.reset();
  }

  Trouble& remember(const DeviceKey& key, const Error& error) {
    Trouble& trouble = troubles_[key];
    trouble.reason = error.code;
    trouble.detail = error.text;
    const Duration wait{std::min(Duration::milliseconds(500).us * trouble.tries, kRetryMax.us)};
    trouble.again = options_.clock() + (is_stranger(error.code) ? kRetryStranger : wait);
    ++trouble.tries;
    return trouble;
  }

  static bool is_stranger(const std::string& reason) {
    return reason == "unknown-language" || reason == "not-spoken";
  }

  std::vector<Found> find_devices(std::vector<UsbFacts> plugged) {
    std::vector<Found> found;
    for (UsbFacts& facts : plugged) {
      const ports::DeviceBinding* binding = binding_of(facts, options_.bindings);
      const bool held = held_.count(key_of(facts)) != 0;
      learn_descriptors(facts, binding, held);
      const auto candidate = candidate_of(facts, binding);
      if (!candidate) continue;
      const auto trouble = troubles_.find(key_of(facts));
      const bool stranger = trouble != troubles_.end() && is_stranger(trouble->second.reason);
      found.push_back({std::move(facts), *candidate, binding, held, stranger});
    }
    return found;
  }

  // Asked for once in a device's stay, and only where it takes nothing away from anybody. What the
  // kernel has read is kept: it forgets it as soon as we take the device from its driver.
  void learn_descriptors(UsbFacts& facts, const ports::DeviceBinding* binding, bool held) {
    for (UsbInterface& interface : facts.interfaces) {
      const auto key = std::pair(key_of(facts), interface.number);
      if (!interface.report_descriptor.empty()) {
        descriptors_[key] = interface.report_descriptor;
        continue;
      }
      auto known = descriptors_.find(key);
      if (known == descriptors_.end()) {
        if (held || !worth_asking(facts, interface, binding)) continue;
        Duration& again = ask_again_[key];
        if (again > options_.clock()) continue;
        auto answer = ask_report_descriptor(*bus_, facts, interface);
        // Who may not be opened yet, or does not answer, is asked again later.
        again = options_.clock() + kRetryMax;
        if (!answer) continue;
        known = descriptors_.emplace(key, std::move(answer).value()).first;
      }
      interface.report_descriptor = known->second;
    }
  }

  void take(const Found& found, const Slot& slot) {
    const DeviceKey key = key_of(found.facts);
    if (held_.count(key) != 0) return;
    UsbPrinter* printer = nullptr;
    if (slot.role == DeviceRole::printer) {
      const auto wanted = printers_.find(slot.name);
      if (wanted == printers_.end()) return;  // the bench prints elsewhere
      printer = wanted->second.get();
    }
    const auto trouble = troubles_.find(key);
    if (trouble != troubles_.end() && trouble->second.again > options_.clock()) return;
    const bool stalled = trouble != troubles_.end() && trouble->second.stalled;
    auto holder = Holder::take({*bus_, found, slot, printer, stalled, options_.clock,
                                [this, lane = slot.lane](Barcode code) {
                                  if (listener_.scanned) listener_.scanned(lane, std::move(code));
                                },
                                [this] { wake(); }, listener_.weighed,
                                [this, key](TransferEnd end) { end_of(key, end); }});
    if (!holder) {
      remember(key, holder.error());
      return;
    }
    held_[key] = std::move(holder).value();
  }

  // On the bus's thread: noted here, mended by the supervisor.
  void end_of(const DeviceKey& key, TransferEnd end) {
    {
      const std::lock_guard lock(mutex_);
      ended_[key] = end;
    }
    wake();
  }

  // A job may have met the fault: from then on it is asked as often as one that is being mended.
  Duration next_poll() const {
    const bool fault = std::any_of(printers_.begin(), printers_.end(), [](const auto& entry) {
      return !entry.second->condition().empty() || entry.second->has_turned_away();
    });
    return polled_at_ + (fault ? options_.poll_fault : options_.poll);
  }

  void poll_printers() {
    if (options_.clock() < next_poll()) return;
    for (const auto& [name, printer] : printers_) {
      printer->poll();
      const bool well = printer->condition().empty();
      if (well && printer->take_turned_away()) told_again_ = true;
    }
    polled_at_ = options_.clock();
  }

  void publish(const std::vector<Found>& found, const std::vector<Assignment>& assigned) {
    std::vector<DeviceState> states;
    std::shared_ptr<UsbScale> scale;
    const std::string_view absent = why_absent();
    for (const auto& [name, printer] : printers_) printer->say_when_absent(absent);
    for (std::size_t i = 0; i < found.size(); ++i) {
      DeviceState state = plain_state(found[i], assigned[i]);
      const bool printer = state.role == DeviceRole::printer;
      // The bench prints elsewhere; that is no fault of this one.
      if (printer && printers_.count(state.name) == 0) state.reason = "unbound";
      const auto holder = held_.find(key_of(found[i].facts));
      const auto trouble = troubles_.find(key_of(found[i].facts));
      if (holder != held_.end()) {
        state.driver = holder->second->driver();
        state.reason = holder->second->condition();
        state.usable = state.reason.empty();
        if (holder->second->scale()) scale = holder->second->scale();
        // What failed a moment ago may fail again: its patience is kept for a while.
        const bool over =
            trouble != troubles_.end() && trouble->second.again + kRetryMax < options_.clock();
        if (over) troubles_.erase(trouble);
      } else if (trouble != troubles_.end()) {
        state.reason = trouble->second.reason;
        state.detail = trouble->second.detail;
        if (state.reason == "busy") state.holder = holder_of(found[i]);
      }
      states.push_back(std::move(state));
    }
    add_missing(options_, absent, states);
    std::stable_sort(states.begin(), states.end(), [](const auto& a, const auto& b) {
      return std::tie(a.role, a.lane, a.name, a.place) < std::tie(b.role, b.lane, b.name, b.place);
    });
    bool other = false;
    {
      const std::lock_guard lock(mutex_);
      // What it was goes after the lock is given back: closing a scale waits for the bus.
      scale_.swap(scale);
      other = states_ != states;
      states_ = states;
    }
    // A label that was turned away goes on when it hears that its printer is well, be it once more.
    if ((other || std::exchange(told_again_, false)) && listener_.changed)
      listener_.changed(states);
  }

  const DevicesOptions options_;
  const DevicesListener listener_;
  std::optional<Error> bus_problem_;
  std::map<std::string, std::unique_ptr<UsbPrinter>> printers_;
  std::unique_ptr<UsbBus> bus_;
  // The supervisor's own.
  std::map<DeviceKey, std::unique_ptr<Holder>> held_;
  std::map<DeviceKey, Trouble> troubles_;
  std::map<std::pair<DeviceKey, int>, std::vector<std::uint8_t>> descriptors_;
  std::map<std::pair<DeviceKey, int>, Duration> ask_again_;
  Duration polled_at_;
  bool told_again_ = false;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable woken_;
  bool wanted_ = false;
  bool stop_ = false;
  std::optional<Duration> look_again_;
  std::map<DeviceKey, TransferEnd> ended_;
  std::vector<DeviceState> states_;
  std::shared_ptr<UsbScale> scale_;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Devices> Devices::start(DevicesOptions options, DevicesListener listener) {
  return std::make_unique<Supervisor>(std::move(options), std::move(listener));
}

}  // namespace packbench::drivers
