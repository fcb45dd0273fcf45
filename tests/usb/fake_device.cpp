#include "tests/usb/fake_device.h"

#include <algorithm>
#include <utility>

#include "tests/usb/connection.h"

namespace packbench::test {

FakeDevice::FakeDevice(FakeBus& bus, DeviceSpec spec, Gadget& gadget)
    : bus_(bus),
      spec_(std::move(spec)),
      gadget_(gadget),
      memory_(std::make_shared<DeviceMemory>()) {
  memory_->home = bus_.take_home();
}

FakeDevice::~FakeDevice() {
  const auto guard = bus_.lock();
  // Files that are closed later must not run what a test has set: that is gone by then.
  memory_->steps.forget_triggers();
  memory_->byte_triggers.clear();
  unplug();
}

void FakeDevice::plug() {
  const auto guard = bus_.lock();
  if (connection_) return;
  bus_.need_hubs(spec_.port);
  gadget_.power_up();
  connection_ = std::make_shared<Connection>(bus_, spec_, gadget_, memory_);
  connection_->plug();
  bus_.wake();
}

void FakeDevice::unplug() {
  const auto guard = bus_.lock();
  if (!connection_) return;
  // Unplugging runs nothing of ours that asks for the connection again.
  const auto leaving = std::exchange(connection_, nullptr);
  leaving->unplug();
  bus_.wake();
}

void FakeDevice::replug() {
  const auto guard = bus_.lock();
  unplug();
  plug();
}

bool FakeDevice::plugged() const {
  const auto guard = bus_.lock();
  return connection_ != nullptr;
}

int FakeDevice::address() const {
  const auto guard = bus_.lock();
  return connection_ ? connection_->address() : 0;
}

void FakeDevice::move_to(const std::string& port) {
  const auto guard = bus_.lock();
  unplug();
  spec_.port = port;
  memory_->home = bus_.take_home();  // folders are named after the port
}

void FakeDevice::send(std::uint8_t endpoint, const Bytes& message) {
  const auto guard = bus_.lock();
  if (!connection_) return;
  const std::size_t most = connection_->max_packet(endpoint);
  std::size_t at = 0;
  do {
    const auto first = message.begin() + static_cast<std::ptrdiff_t>(at);
    const std::size_t size = std::min(most, message.size() - at);
    send_packet(endpoint, Bytes(first, first + static_cast<std::ptrdiff_t>(size)));
    at += size;
  } while (at < message.size());
}

void FakeDevice::send_packet(std::uint8_t endpoint, Bytes packet) {
  const auto guard = bus_.lock();
  if (connection_) connection_->push(endpoint, {std::move(packet), 0});
  bus_.wake();
}

void FakeDevice::send_error(std::uint8_t endpoint, int error) {
  const auto guard = bus_.lock();
  if (connection_) connection_->push(endpoint, {{}, error});
  bus_.wake();
}

void FakeDevice::drop_queue(std::uint8_t endpoint) {
  const auto guard = bus_.lock();
  if (connection_) connection_->drop_queue(endpoint);
}

void FakeDevice::limit(std::uint8_t endpoint, std::size_t bytes) {
  const auto guard = bus_.lock();
  memory_->credit[endpoint] = bytes;
  kick(endpoint);
}

void FakeDevice::unlimit(std::uint8_t endpoint) {
  const auto guard = bus_.lock();
  memory_->credit.erase(endpoint);
  kick(endpoint);
}

void FakeDevice::kick(std::uint8_t endpoint) {
  const auto guard = bus_.lock();
  if (connection_) connection_->kick(endpoint);
  bus_.wake();
}

void FakeDevice::halt(std::uint8_t endpoint) {
  const auto guard = bus_.lock();
  if (connection_) connection_->halt(endpoint);
  bus_.wake();
}

void FakeDevice::fail_next(std::uint8_t endpoint, int error) {
  const auto guard = bus_.lock();
  if (connection_) connection_->fail_next(endpoint, error);
  bus_.wake();
}

void FakeDevice::hold_control(bool hold) {
  const auto guard = bus_.lock();
  memory_->hold_control = hold;
  kick(0);
}

void FakeDevice::set_permitted(bool permitted) {
  const auto guard = bus_.lock();
  memory_->permitted = permitted;
  if (connection_) connection_->set_permitted(permitted);
}

void FakeDevice::hold_interface(int interface, bool held) {
  const auto guard = bus_.lock();
  if (held)
    memory_->held_elsewhere.insert(interface);
  else
    memory_->held_elsewhere.erase(interface);
  if (connection_) connection_->show_drivers();
}

void FakeDevice::on_step(const StepMatch& match, std::size_t nth, Moment moment, Action action) {
  const auto guard = bus_.lock();
  memory_->steps.at(match, nth, moment, std::move(action));
}

void FakeDevice::after_bytes(std::uint8_t endpoint, std::size_t bytes, Action action) {
  const auto guard = bus_.lock();
  memory_->byte_triggers.push_back(
      {endpoint, memory_->out_bytes[endpoint] + bytes, std::move(action)});
}

void FakeDevice::refuse(const StepMatch& match, std::size_t nth, int error) {
  const auto guard = bus_.lock();
  memory_->steps.at(match, nth, Moment::before,
                    [memory = memory_.get(), error] { memory->refusal = error; });
}

void FakeDevice::forget_triggers() {
  const auto guard = bus_.lock();
  memory_->steps.forget_triggers();
  memory_->byte_triggers.clear();
}

std::vector<Step> FakeDevice::steps() const {
  const auto guard = bus_.lock();
  return memory_->steps.log();
}

std::vector<std::string> FakeDevice::step_texts() const {
  std::vector<std::string> texts;
  for (const Step& step : steps()) texts.push_back(to_string(step));
  return texts;
}

std::size_t FakeDevice::count(const StepMatch& match) const {
  const auto guard = bus_.lock();
  const auto& log = memory_->steps.log();
  return static_cast<std::size_t>(std::count_if(
      log.begin(), log.end(), [&match](const Step& step) { return match.fits(step); }));
}

void FakeDevice::clear_steps() {
  const auto guard = bus_.lock();
  memory_->steps.clear_log();
}

std::size_t FakeDevice::waiting(std::uint8_t endpoint) const {
  const auto guard = bus_.lock();
  return connection_ ? connection_->waiting(endpoint) : 0;
}

std::size_t FakeDevice::queued(std::uint8_t endpoint) const {
  const auto guard = bus_.lock();
  return connection_ ? connection_->queued(endpoint) : 0;
}

std::size_t FakeDevice::out_bytes(std::uint8_t endpoint) const {
  const auto guard = bus_.lock();
  return memory_->out_bytes[endpoint];
}

bool FakeDevice::halted(std::uint8_t endpoint) const {
  const auto guard = bus_.lock();
  return connection_ && connection_->halted(endpoint);
}

bool FakeDevice::claimed(int interface) const {
  const auto guard = bus_.lock();
  return connection_ && connection_->claimed(interface);
}

std::string FakeDevice::driver(int interface) const {
  const auto guard = bus_.lock();
  return connection_ ? connection_->driver(interface) : std::string();
}

int FakeDevice::open_files() const {
  const auto guard = bus_.lock();
  return memory_->open_files;
}

Bytes FakeDevice::kernel_got(std::uint8_t endpoint) const {
  const auto guard = bus_.lock();
  return memory_->kernel_got[endpoint];
}

std::vector<std::string> FakeDevice::misuse() const {
  const auto guard = bus_.lock();
  return memory_->misuse;
}

std::uint64_t FakeDevice::ioctls() const {
  const auto guard = bus_.lock();
  return memory_->ioctls;
}

}  // namespace packbench::test
