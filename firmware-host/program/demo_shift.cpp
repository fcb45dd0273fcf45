#include "program/demo_shift.h"

#include <SDL.h>

#include <chrono>
#include <cstdio>
#include <set>

#include "domain/command_code.h"

namespace packbench::program {
namespace {

using namespace station;

// A step that makes no difference for so long is a fault of the program.
constexpr auto patience = std::chrono::seconds(60);

class Player {
 public:
  explicit Player(const DemoShift& shift) : shift_(shift) {}

  Status play() {
    if (Status s = scan("1001", Phase::awaiting_order); !s) return s;
    picture("awaiting_order");
    for (int n = 1; n <= shift_.orders; ++n) {
      if (Status s = pack(n); !s) return s;
      std::printf("packed %2d of %d: %s\n", n, shift_.orders, order_number(n).c_str());
      std::fflush(stdout);
    }
    if (Status s = hand_over(); !s) return s;
    return Ok{};
  }

 private:
  static std::string order_number(int n) {
    char text[16];
    std::snprintf(text, sizeof text, "SO-%04d", n);
    return text;
  }

  std::shared_ptr<const StationView> view() const { return shift_.view(); }

  // Runs the window until the condition holds.
  template <class Condition>
  Status until(const std::string& what, Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
      const auto open = shift_.kiosk.step(20);
      if (!open) return open.error();
      if (!open.value() || std::chrono::steady_clock::now() > deadline)
        return Error{"demo", "the demo shift stopped while waiting: " + what};
    }
    // What was published is drawn before anybody looks at it.
    const auto drawn = shift_.kiosk.step(20);
    if (!drawn) return drawn.error();
    return Ok{};
  }

  void type(const std::string& text) {
    for (const char c : text) {
      SDL_Event event{};
      event.type = SDL_TEXTINPUT;
      event.text.timestamp = SDL_GetTicks();
      event.text.text[0] = c;
      SDL_PushEvent(&event);
    }
    SDL_Event enter{};
    enter.type = SDL_KEYDOWN;
    enter.key.state = SDL_PRESSED;
    enter.key.keysym.sym = SDLK_RETURN;
    enter.key.keysym.scancode = SDL_SCANCODE_RETURN;
    SDL_PushEvent(&enter);
  }

  // One scan, and the view that answers it.
  Status scan_once(const std::string& code) {
    const auto before = view();
    type(code);
    return until("scan " + code, [&] { return view() != before && answered(before); });
  }

  // The bench has taken the input and no printing is under way.
  bool answered(const std::shared_ptr<const StationView>& before) {
    const auto now = view();
    const bool printing = now->waybill && now->waybill->state == "printing";
    return now != before && !printing;
  }

  Status scan(const std::string& code, Phase wanted) {
    type(code);
    return until("scan " + code, [&] { return view()->phase == wanted; });
  }

  Status touch(const std::string& id) {
    if (Status s = until("key " + id, [&] { return find(id) != nullptr; }); !s) return s;
    const ui::Box box = find(id)->box_px;
    for (const Uint32 kind : {SDL_MOUSEBUTTONDOWN, SDL_MOUSEBUTTONUP}) {
      SDL_Event event{};
      event.type = kind;
      event.button.button = SDL_BUTTON_LEFT;
      event.button.state = kind == SDL_MOUSEBUTTONDOWN ? SDL_PRESSED : SDL_RELEASED;
      event.button.x = static_cast<int>(box.x + box.w / 2);
      event.button.y = static_cast<int>(box.y + box.h / 2);
      SDL_PushEvent(&event);
      const auto open = shift_.kiosk.step(20);
      if (!open) return open.error();
    }
    return Ok{};
  }

  const ui::TargetDrawn* find(const std::string& id) const {
    for (const ui::TargetDrawn& target : shift_.kiosk.drawn().targets) {
      if (target.id == id) return &target;
    }
    return nullptr;
  }

  std::string code_of(const std::string& sku) const {
    for (const ui::TrayItem& item : shift_.tray) {
      if (item.sku == sku) return item.code;
    }
    return sku;
  }

  const PartView* missing_part() const {
    seen_ = view();
    for (const OrderView& order : seen_->orders) {
      for (const LineView& line : order.lines) {
        for (const PartView& part : line.parts) {
          if (part.packed < part.wanted) return &part;
        }
      }
    }
    return nullptr;
  }

  Status pack(int n) {
    if (Status s = scan_once(order_number(n)); !s) return s;
    if (view()->phase == Phase::awaiting_order)
      return Error{"demo", "order " + order_number(n) + " did not open"};
    if (n == 1) {
      picture("packing");
      if (Status s = scan_once(code_of("BOOK-PAT")); !s) return s;
      picture("wrong_item");
    }
    while (view()->phase != Phase::awaiting_order) {
      if (Status s = next_step(n); !s) return s;
    }
    if (n == 1) picture("done");
    return Ok{};
  }

  Status next_step(int n) {
    switch (view()->phase) {
      case Phase::packing: {
        const PartView* part = missing_part();
        if (part == nullptr) return Error{"demo", "nothing is left to scan"};
        return scan_once(code_of(part->sku));
      }
      case Phase::checks:
        picture("checks");
        return scan_once(*encode_command("/check * pass"));
      case Phase::verifying_label: {
        picture("stick_and_scan");
        if (open_check()) return scan_once(*encode_command("/check * pass"));
        if (n % 7 == 3)
          if (Status s = scan_once("SF1999999999999"); !s) return s;
        return scan_once(view()->waybill->number);
      }
      default:
        return Error{"demo", "the bench stands in " + std::string(phase_name(view()->phase))};
    }
  }

  bool open_check() const {
    const auto now = view();
    for (const CheckView& check : now->checks) {
      if (check.answer.empty()) return true;
    }
    return false;
  }

  Status hand_over() {
    if (Status s = touch("handover"); !s) return s;
    if (Status s = touch("carrier SF"); !s) return s;
    if (Status s = until("handover", [&] { return view()->manifest.has_value(); }); !s) return s;
    const auto left = view()->manifest->left;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (Status s = scan_once(left[i].number); !s) return s;
      if (i == left.size() / 2) {
        if (Status s = scan_once(left[0].number); !s) return s;
        picture("handover_refused");
      }
    }
    picture("handover");
    if (Status s = touch("close manifest"); !s) return s;
    return until("manifest closed", [&] { return !view()->manifest.has_value(); });
  }

  // The first of each kind is enough.
  void picture(const std::string& name) {
    if (!pictured_.insert(name).second) return;
    char number[8];
    std::snprintf(number, sizeof number, "%02zu-", pictured_.size());
    const Status saved = shift_.kiosk.save_screenshot(shift_.out + "/" + number + name + ".png");
    if (!saved) std::printf("no picture of %s: %s\n", name.c_str(), saved.error().text.c_str());
  }

  const DemoShift& shift_;
  std::set<std::string> pictured_;
  mutable std::shared_ptr<const StationView> seen_;
};

}  // namespace

Status play_shift(const DemoShift& shift) {
  return Player(shift).play();
}

}  // namespace packbench::program
