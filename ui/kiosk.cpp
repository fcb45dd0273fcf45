#include "ui/kiosk.h"

#include <SDL.h>
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <utility>

#include "base/check.h"
#include "domain/barcode.h"
#include "ui/fonts.h"
#include "ui/pointer.h"
#include "ui/vector_picture.h"
#include "ui/wedge.h"
#include "ui/window.h"

namespace packbench::ui {

// Has a name, because Kiosk::Inside has.
struct DestroyContext {
  void operator()(ImGuiContext* context) const { ImGui::DestroyContext(context); }
};

namespace {

constexpr float kTrayPart = 1.0F / 6;  // of the window's height, in a demo

void style_for_drawing_by_hand() {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  ImGuiStyle& style = ImGui::GetStyle();
  style.AntiAliasedLines = false;  // the software renderer draws their texture wrongly
  style.AntiAliasedLinesUseTex = false;
  style.CircleTessellationMaxError = 0.3F;
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.WindowRounding = 0;
}

}  // namespace

struct Kiosk::Inside {
  KioskOptions options;
  std::unique_ptr<Window> window;
  std::unique_ptr<ImGuiContext, DestroyContext> context;
  std::unique_ptr<Textures> textures;
  std::unique_ptr<Fonts> fonts;
  std::function<void(station::Input)> post;
  Uint32 wake_event = 0;

  std::function<void(const std::string&)> ask_list;

  std::mutex mutex;  // guards the four below
  std::shared_ptr<const station::StationView> published;
  std::optional<ListPage> list_published;
  bool closing = false;
  bool scan_came = false;
  std::atomic<station::LaneId> lane_shown = station::LaneId::bench;

  std::shared_ptr<const station::StationView> view;
  UiState state;
  WedgeReader wedge;
  Pointer pointer;
  DrawLog log;
  std::vector<station::Input> outgoing;
  std::optional<ListPage> list;  // that was read last
  std::string list_asked;
  bool dirty = true;
  bool closed = false;
  Instant drawn_at;

  static std::int64_t ticks_ms() { return static_cast<std::int64_t>(SDL_GetTicks64()); }

  ~Inside() {
    // Textures end before the renderer, and fonts hold one.
    if (context) ImGui::SetCurrentContext(context.get());
    fonts.reset();
    textures.reset();
    context.reset();
    window.reset();
  }

  void wake() {
    SDL_Event event{};
    event.type = wake_event;
    SDL_PushEvent(&event);
  }

  void take_published() {
    std::shared_ptr<const station::StationView> next;
    {
      const std::lock_guard lock(mutex);
      closed = closed || closing;
      next = std::exchange(published, nullptr);
      if (list_published) {
        list = std::exchange(list_published, std::nullopt);
        dirty = true;
      }
      if (std::exchange(scan_came, false)) leave_for_scan(state);
    }
    if (!next) return;
    take_view(state, view.get(), *next, ticks_ms());
    view = std::move(next);
    dirty = true;
  }

  void scan(const std::string& line, bool typed = false) {
    leave_for_scan(state);
    state.tray_page = 0;
    outgoing.push_back({state.lane, station::Scan{parse_scan(line), typed}});
    dirty = true;
  }

  void deliver() {
    if (!list_asked.empty()) {
      list.reset();  // what was read before is not shown for what is read now
      if (ask_list) ask_list(std::exchange(list_asked, ""));
      dirty = true;
    }
    for (station::Input& input : std::exchange(outgoing, {})) {
      if (post) post(std::move(input));
    }
  }

  void end_line() {
    const auto line = wedge.end();
    state.typed.clear();
    if (!line) return;
    if (state.badge.empty() || *line == state.badge) return scan(*line, true);
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool pin = line->size() <= 6 && std::all_of(line->begin(), line->end(), digit);
    if (!pin) return scan(*line, true);
    // A person at the keyboard types the PIN that the screen asks for.
    outgoing.push_back(
        {state.lane, station::Command{station::Verb::sign_in, {state.badge, *line}}});
    state.pin_tried = true;
    dirty = true;
  }

  void key(const SDL_KeyboardEvent& event) {
    switch (event.keysym.sym) {
      case SDLK_RETURN:
      case SDLK_KP_ENTER:
      case SDLK_TAB:
        return end_line();
      case SDLK_BACKSPACE:
        wedge.erase();
        break;
      case SDLK_ESCAPE:
        wedge.clear();
        close_menu(state);
        break;
      case SDLK_RIGHTBRACKET:
        // Scanners in keyboard mode send the GS of an element string as Ctrl and ].
        if ((event.keysym.mod & KMOD_CTRL) == 0) return;
        wedge.text("\x1D", event.timestamp);
        break;
      default:
        return;
    }
    state.typed = wedge.line();
    dirty = true;
  }

  void handle(const SDL_Event& event) {
    switch (event.type) {
      case SDL_QUIT:
        closed = true;
        break;
      case SDL_TEXTINPUT:
        wedge.text(event.text.text, event.text.timestamp);
        state.typed = wedge.line();
        dirty = true;
        break;
      case SDL_KEYDOWN:
        key(event.key);
        break;
      case SDL_WINDOWEVENT:
        dirty = true;
        break;
      case SDL_RENDER_TARGETS_RESET:
      case SDL_RENDER_DEVICE_RESET:
        textures->clear();
        fonts->spoil();
        dirty = true;
        break;
      default:
        break;
    }
  }

  void build_frame() {
    const auto width = static_cast<float>(window->width());
    const auto height = static_cast<float>(window->height());
    const float tray = options.tray.empty() ? 0 : std::round(height * kTrayPart);
    const bool both = view->manifest.has_value() && state.lane == station::LaneId::bench;
    const Layout layout = make_layout({0, 0, width, height - tray}, options.panel_width_mm, both);
    fonts->set_scale(layout.scale);
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {width, height};
    io.DeltaTime = 1.0F / 60;  // nothing of ours is timed by it
    io.MousePos = {pointer.x, pointer.y};
    io.MouseDown[0] = pointer.down;
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(io.DisplaySize);
    ImGui::Begin("bench", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav);
    log = {};
    ImDrawList& drawing = *ImGui::GetWindowDrawList();
    {
      Canvas canvas(drawing, *fonts, *textures, log, layout.scale, 0, 0);
      Frame frame{canvas,       layout,     *view,
                  options.site, state,      outgoing,
                  drawn_at,     ticks_ms(), list ? &*list : nullptr,
                  &list_asked};
      draw_screen(frame);
    }
    if (tray > 0) {
      const float scale = tray / 160;
      Canvas canvas(drawing, *fonts, *textures, log, scale, 0, height - tray);
      const auto code = draw_tray(canvas, {0, 0, width / scale, 160},
                                  tray_order(options.tray, *view, state), state);
      if (code) scan(*code);
    }
    ImGui::End();
    ImGui::Render();
  }

  // Builds until the picture stands: new characters need fonts, and a touch changes the picture.
  Status draw() {
    if (!view) return Ok{};
    ImGui::SetCurrentContext(context.get());
    drawn_at = options.now();
    textures->trim();
    forget_past(state, ticks_ms());
    for (int pass = 0; pass < 5; ++pass) {
      if (fonts->stale()) {
        const Status built = fonts->rebuild(*textures);
        if (!built) return built;
      }
      const std::size_t before = outgoing.size();
      const UiState state_before = state;
      build_frame();
      if (!fonts->stale() && outgoing.size() == before && state == state_before) break;
    }
    lane_shown = state.lane;
    window->draw(*ImGui::GetDrawData());
    window->present();
    dirty = fonts->stale();
    return Ok{};
  }

  // Until the next thing that changes by itself: the minute on the clock, a band that ends.
  int patience(int timeout_ms) const {
    std::int64_t wait = timeout_ms < 0 ? 60'000 : timeout_ms;
    const std::int64_t ticks = ticks_ms();
    const std::int64_t next = next_change_ms(state, ticks);
    if (next > 0) wait = std::min(wait, next - ticks + 1);
    const std::int64_t into_minute = options.now().us % 60'000'000 / 1000;
    return static_cast<int>(std::min(wait, 60'001 - into_minute));
  }

  bool outdated() const {
    if (!view) return false;
    const bool minute = options.now().us / 60'000'000 != drawn_at.us / 60'000'000;
    const std::int64_t ticks = ticks_ms();
    const auto ended = [&](std::int64_t until) { return until > 0 && until <= ticks; };
    return dirty || minute || ended(state.done_until_ms) || ended(state.flash_until_ms);
  }
};

Kiosk::Kiosk(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Kiosk::~Kiosk() = default;

Result<std::unique_ptr<Kiosk>> Kiosk::create(KioskOptions options) {
  CHECK(options.now != nullptr);
  auto files = find_fonts(options.font_list);
  if (!files) return files.error();
  auto fonts = Fonts::open(files.value());
  if (!fonts) return fonts.error();
  WindowOptions wanted;
  wanted.width = options.width;
  wanted.height = options.height;
  // The tray comes in addition to the bench.
  if (!options.tray.empty())
    wanted.height =
        static_cast<int>(std::round(static_cast<float>(options.height) / (1 - kTrayPart)));
  wanted.fullscreen = options.fullscreen;
  wanted.accelerated = options.accelerated;
  auto window = Window::open(wanted);
  if (!window) return window.error();

  auto inside = std::make_unique<Inside>();
  inside->window = std::move(window).value();
  inside->context.reset(ImGui::CreateContext());
  ImGui::SetCurrentContext(inside->context.get());
  style_for_drawing_by_hand();
  inside->textures = std::make_unique<Textures>(inside->window->renderer());
  inside->fonts = std::move(fonts).value();
  inside->wake_event = SDL_RegisterEvents(1);
  inside->state.language = options.language;
  inside->options = std::move(options);
  return std::unique_ptr<Kiosk>(new Kiosk(std::move(inside)));
}

void Kiosk::set_post(std::function<void(station::Input)> post) {
  inside_->post = std::move(post);
}

void Kiosk::publish(std::shared_ptr<const station::StationView> view) {
  {
    const std::lock_guard lock(inside_->mutex);
    inside_->published = std::move(view);
  }
  inside_->wake();
}

void Kiosk::set_ask_list(std::function<void(const std::string&)> ask) {
  inside_->ask_list = std::move(ask);
}

void Kiosk::publish_list(ListPage list) {
  {
    const std::lock_guard lock(inside_->mutex);
    inside_->list_published = std::move(list);
  }
  inside_->wake();
}

void Kiosk::scanned() {
  {
    const std::lock_guard lock(inside_->mutex);
    inside_->scan_came = true;
  }
  inside_->wake();
}

void Kiosk::close() {
  {
    const std::lock_guard lock(inside_->mutex);
    inside_->closing = true;
  }
  inside_->wake();
}

Result<bool> Kiosk::step(int timeout_ms) {
  Inside& in = *inside_;
  in.take_published();
  SDL_Event event;
  bool more = in.outdated() ? SDL_PollEvent(&event) != 0
                            : SDL_WaitEventTimeout(&event, in.patience(timeout_ms)) != 0;
  for (; more; more = SDL_PollEvent(&event) != 0) {
    in.handle(event);
    if (!in.pointer.take(event, in.window->width(), in.window->height())) continue;
    // Every press and release is a frame of its own: Dear ImGui sees states, not events.
    const Status drawn = in.draw();
    if (!drawn) return drawn.error();
  }
  in.take_published();
  in.deliver();
  if (in.outdated()) {
    const Status drawn = in.draw();
    if (!drawn) return drawn.error();
    in.deliver();
  }
  return !in.closed;
}

Status Kiosk::run() {
  for (;;) {
    const Result<bool> open = step(-1);
    if (!open) return open.error();
    if (!open.value()) return Ok{};
  }
}

Status Kiosk::save_screenshot(const std::string& path) {
  Inside& in = *inside_;
  if (!in.window->is_software() && in.view) {
    // What an accelerated renderer has presented is gone; the same frame is drawn once more.
    in.window->draw(*ImGui::GetDrawData());
  }
  const Result<Pixels> pixels = in.window->read_back();
  if (!pixels) return pixels.error();
  return write_png_file(pixels.value(), path);
}

const DrawLog& Kiosk::drawn() const {
  return inside_->log;
}
Language Kiosk::language() const {
  return inside_->state.language;
}
station::LaneId Kiosk::lane() const {
  return inside_->lane_shown;
}

}  // namespace packbench::ui
