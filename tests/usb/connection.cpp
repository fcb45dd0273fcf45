#include "tests/usb/connection.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/check.h"
#include "tests/usb/listener.h"

namespace packbench::test {
namespace {

constexpr std::uint8_t kIn = 0x80;

NodeFacts node_facts(FakeBus& bus, const DeviceSpec& spec, const std::string& home) {
  NodeFacts facts;
  facts.root = bus.root();
  facts.home = home;
  facts.address = bus.take_address();
  facts.port = spec.port;
  facts.speed = spec.speed;
  facts.identity = spec.identity;
  facts.descriptors = device_descriptor(spec.identity) + spec.configuration;
  const Bytes& all = spec.configuration;
  for (std::size_t at = 0; at + 1 < all.size() && all[at] > 0; at += all[at]) {
    if (all[at + 1] != 4 || all[at + 3] != 0) continue;  // an interface, its first setting
    InterfaceFolder folder{all[at + 2], {}};
    if (const auto report = spec.report_descriptors.find(folder.number);
        report != spec.report_descriptors.end())
      folder.report_descriptor = report->second;
    facts.interfaces.push_back(std::move(folder));
  }
  return facts;
}

std::string outcome(int status, std::size_t moved) {
  return std::to_string(status) + ' ' + std::to_string(moved);
}

}  // namespace

Connection::Connection(FakeBus& bus, const DeviceSpec& spec, Gadget& gadget,
                       std::shared_ptr<DeviceMemory> memory)
    : bus_(bus),
      lock_(bus.shared_lock()),
      spec_(spec),
      gadget_(gadget),
      memory_(std::move(memory)),
      facts_(node_facts(bus, spec, memory_->home)),
      node_(facts_),
      drivers_(spec.kernel_drivers) {
  read_configuration();
}

Connection::~Connection() = default;

void Connection::read_configuration() {
  endpoints_[0];
  int interface = 0;
  const Bytes& all = spec_.configuration;
  for (std::size_t at = 0; at + 1 < all.size() && all[at] > 0; at += all[at]) {
    if (all[at + 1] == 4) interface = all[at + 2];
    if (all[at + 1] != 5) continue;
    Endpoint& endpoint = endpoints_[all[at + 2]];
    endpoint.interface = interface;
    endpoint.max_packet = static_cast<std::uint16_t>(all[at + 4] | (all[at + 5] << 8));
  }
}

void Connection::plug() {
  gone_ = false;
  bus_.listener(facts_.address).serve(shared_from_this());
  node_.set_permitted(memory_->permitted);
  show_drivers();
  node_.appear();
}

void Connection::unplug() {
  if (gone_) return;
  gone_ = true;
  for (auto& [address, endpoint] : endpoints_) {
    endpoint.packets.clear();
    for (Urb& urb : endpoint.pending) {
      urb.set_status(-ESHUTDOWN);
      memory_->steps.begin({StepKind::completed, address, outcome(urb.status(), urb.moved())});
      files_[urb.file()].done.push_back(std::move(urb));
    }
    endpoint.pending.clear();
  }
  node_.vanish();
  bus_.listener(facts_.address).serve(nullptr);
}

// ---- programs come and go ---------------------------------------------------------------------

void Connection::open_file(UMockdevIoctlClient* file) {
  if (!files_.try_emplace(file).second) return;
  ++memory_->open_files;
  ++lock_->open_files;
  const Step step{StepKind::opened, 0, {}};
  begin(step);
  end(step);
}

void Connection::close_file(UMockdevIoctlClient* file) {
  const auto found = files_.find(file);
  if (found == files_.end()) return;
  const std::set<int> claimed = found->second.claimed;
  for (auto& [address, endpoint] : endpoints_) {
    std::erase_if(endpoint.pending, [file](const Urb& urb) { return urb.file() == file; });
  }
  files_.erase(found);
  --memory_->open_files;
  --lock_->open_files;
  // The kernel takes the interfaces back, but gives none of them to its drivers again.
  for (const int interface : claimed) node_.show_driver(interface, driver(interface));
  update_writable();
  const Step step{StepKind::closed, 0, {}};
  begin(step);
  end(step);
}

long Connection::ioctl(UMockdevIoctlClient* file) {
  ++memory_->ioctls;
  open_file(file);
  return dispatch(file);
}

// ---- transfers --------------------------------------------------------------------------------

void Connection::serve(std::uint8_t address) {
  Endpoint& endpoint = endpoints_[address];
  // What the device does while it is served may serve it again: that is done afterwards.
  endpoint.again = true;
  if (endpoint.serving) return;
  endpoint.serving = true;
  while (std::exchange(endpoint.again, false)) {
    while (!gone_ && !endpoint.pending.empty() && serve_first(address, endpoint)) {
    }
  }
  endpoint.serving = false;
}

// True: go on with the next one.
bool Connection::serve_first(std::uint8_t address, Endpoint& endpoint) {
  if (endpoint.halted) return complete_first(address, endpoint, -EPIPE);
  if (endpoint.next_error)
    return complete_first(address, endpoint, *std::exchange(endpoint.next_error, std::nullopt));
  if (address == 0) return serve_control(endpoint);
  return (address & kIn) != 0 ? serve_in(address, endpoint) : serve_out(address, endpoint);
}

bool Connection::serve_in(std::uint8_t address, Endpoint& endpoint) {
  if (endpoint.packets.empty()) return false;
  Urb& urb = endpoint.pending.front();
  const Packet packet = std::move(endpoint.packets.front());
  endpoint.packets.pop_front();
  if (packet.error != 0) return complete_first(address, endpoint, packet.error);
  const std::span<std::uint8_t> room = urb.rest();
  const std::size_t fits = std::min(room.size(), packet.data.size());
  std::copy_n(packet.data.begin(), fits, room.begin());
  urb.add_moved(fits);
  // More than the buffer or the endpoint can take is what the kernel calls babble.
  if (packet.data.size() > fits || packet.data.size() > endpoint.max_packet)
    return complete_first(address, endpoint, -EOVERFLOW);
  const bool is_short = packet.data.size() < endpoint.max_packet;
  if (is_short || urb.rest().empty()) return complete_first(address, endpoint, 0);
  return true;
}

bool Connection::serve_out(std::uint8_t address, Endpoint& endpoint) {
  const std::uint64_t id = endpoint.pending.front().id();
  std::span<const std::uint8_t> offer = endpoint.pending.front().rest();
  const bool zero_length = offer.empty();
  std::size_t most = offer.size();
  if (const auto credit = memory_->credit.find(address); credit != memory_->credit.end())
    most = std::min(most, credit->second);
  const std::size_t before = memory_->out_bytes[address];
  for (const auto& trigger : memory_->byte_triggers) {
    if (trigger.endpoint == address && trigger.total > before)
      most = std::min(most, trigger.total - before);
  }
  if (most == 0 && !zero_length) return false;
  offer = offer.first(most);
  const Taken taken = gadget_.take(address, offer);
  CHECK(taken.bytes <= offer.size());
  if (!is_first(endpoint, id)) return true;
  Urb& urb = endpoint.pending.front();
  urb.add_moved(taken.bytes);
  memory_->out_bytes[address] += taken.bytes;
  if (const auto credit = memory_->credit.find(address); credit != memory_->credit.end())
    credit->second -= taken.bytes;
  if (taken.error == -EPIPE) endpoint.halted = true;
  const bool full = urb.rest().empty();
  run_byte_triggers(address);
  if (!is_first(endpoint, id)) return true;
  if (taken.error != 0) return complete_first(address, endpoint, taken.error);
  if (full) return complete_first(address, endpoint, 0);
  return taken.bytes == offer.size();
}

void Connection::run_byte_triggers(std::uint8_t address) {
  const std::size_t total = memory_->out_bytes[address];
  std::vector<Action> ready;
  std::erase_if(memory_->byte_triggers, [&](DeviceMemory::ByteTrigger& trigger) {
    if (trigger.endpoint != address || trigger.total > total) return false;
    ready.push_back(std::move(trigger.action));
    return true;
  });
  for (const Action& action : ready) action();
}

bool Connection::serve_control(Endpoint& endpoint) {
  if (memory_->hold_control) return false;
  Urb& urb = endpoint.pending.front();
  const std::uint64_t id = urb.id();
  const std::span<std::uint8_t> buffer = urb.buffer();
  const auto word = [&buffer](std::size_t at) {
    return static_cast<std::uint16_t>(buffer[at] | (buffer[at + 1] << 8));
  };
  const Setup setup{buffer[0], buffer[1], word(2), word(4), word(6)};
  const std::span<std::uint8_t> data = buffer.subspan(8);
  if (!setup.is_in()) {
    const bool accepted = gadget_.accept(setup, data);
    if (!is_first(endpoint, id)) return true;
    if (accepted) endpoint.pending.front().add_moved(data.size());
    return complete_first(0, endpoint, accepted ? 0 : -EPIPE);
  }
  auto answer = standard_answer(setup);
  if (!answer) answer = gadget_.answer(setup);
  if (!is_first(endpoint, id)) return true;
  if (!answer) return complete_first(0, endpoint, -EPIPE);
  const std::size_t bytes = std::min({answer->size(), data.size(), std::size_t{setup.length}});
  std::copy_n(answer->begin(), bytes, data.begin());
  endpoint.pending.front().add_moved(bytes);
  return complete_first(0, endpoint, 0);
}

std::optional<Bytes> Connection::standard_answer(const Setup& setup) const {
  if ((setup.request_type & 0x60U) != 0 || setup.request != 6) return std::nullopt;
  const int type = setup.value >> 8, index = setup.value & 0xFF;
  if (type == 1) return device_descriptor(spec_.identity);
  if (type == 2) return spec_.configuration;
  if (type == 3) {
    const Identity& who = spec_.identity;
    if (index == 0) return string_languages();
    if (index == 1 && !who.maker.empty()) return string_descriptor(who.maker);
    if (index == 2 && !who.name.empty()) return string_descriptor(who.name);
    if (index == 3 && !who.serial.empty()) return string_descriptor(who.serial);
  }
  if (type == 0x22) {
    const auto report = spec_.report_descriptors.find(setup.index);
    if (report != spec_.report_descriptors.end()) return report->second;
  }
  return std::nullopt;
}

bool Connection::complete_first(std::uint8_t address, Endpoint& endpoint, int status) {
  const std::uint64_t id = endpoint.pending.front().id();
  const Step step{StepKind::completed, address, outcome(status, endpoint.pending.front().moved())};
  if (const long refused = begin(step); refused < 0) status = static_cast<int>(refused);
  if (!is_first(endpoint, id)) return true;
  Urb urb = std::move(endpoint.pending.front());
  endpoint.pending.pop_front();
  urb.set_status(status);
  std::deque<Urb>& done = files_[urb.file()].done;
  done.push_back(std::move(urb));
  // The pieces that follow a failed one are of no use any more, nor those that are still to come.
  if (status < 0) endpoint.cut_short = true;
  while (status < 0 && !endpoint.pending.empty() && endpoint.pending.front().continues()) {
    endpoint.pending.front().set_status(-ECONNRESET);
    done.push_back(std::move(endpoint.pending.front()));
    endpoint.pending.pop_front();
  }
  node_.set_writable(true);
  end(step);
  return true;
}

bool Connection::is_first(const Endpoint& endpoint, std::uint64_t id) const {
  return !gone_ && !endpoint.pending.empty() && endpoint.pending.front().id() == id;
}

// ---- the device's side ------------------------------------------------------------------------

void Connection::push(std::uint8_t address, Packet packet) {
  if (gone_) return;
  CHECK(endpoints_.contains(address));
  Endpoint& endpoint = endpoints_[address];
  const std::string holder = driver(endpoint.interface);
  if (!holder.empty() && holder != "usbfs") {
    Bytes& got = memory_->kernel_got[address];
    got.insert(got.end(), packet.data.begin(), packet.data.end());
    return;
  }
  endpoint.packets.push_back(std::move(packet));
  serve(address);
}

void Connection::halt(std::uint8_t address) {
  endpoints_[address].halted = true;
  serve(address);
}

void Connection::fail_next(std::uint8_t address, int error) {
  endpoints_[address].next_error = error;
  serve(address);
}

std::size_t Connection::waiting(std::uint8_t address) const {
  const auto found = endpoints_.find(address);
  return found == endpoints_.end() ? 0 : found->second.pending.size();
}

std::size_t Connection::queued(std::uint8_t address) const {
  const auto found = endpoints_.find(address);
  return found == endpoints_.end() ? 0 : found->second.packets.size();
}

bool Connection::halted(std::uint8_t address) const {
  const auto found = endpoints_.find(address);
  return found != endpoints_.end() && found->second.halted;
}

std::uint16_t Connection::max_packet(std::uint8_t address) const {
  const auto found = endpoints_.find(address);
  CHECK(found != endpoints_.end());
  return found->second.max_packet;
}

bool Connection::claimed(int interface) const {
  return std::any_of(files_.begin(), files_.end(), [interface](const auto& file) {
    return file.second.claimed.contains(interface);
  });
}

std::string Connection::driver(int interface) const {
  if (memory_->held_elsewhere.contains(interface) || claimed(interface)) return "usbfs";
  const auto found = drivers_.find(interface);
  return found == drivers_.end() ? std::string() : found->second;
}

void Connection::show_drivers() {
  for (const InterfaceFolder& interface : facts_.interfaces)
    node_.show_driver(interface.number, driver(interface.number));
}

void Connection::update_writable() {
  node_.set_writable(std::any_of(files_.begin(), files_.end(),
                                 [](const auto& file) { return !file.second.done.empty(); }));
}

}  // namespace packbench::test
