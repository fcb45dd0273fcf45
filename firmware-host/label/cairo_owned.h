// Cairo's objects with an owner, and a file that Cairo writes as a text. For the files of this room
// that draw without a Canvas.
#pragma once

#include <cairo.h>

#include <memory>
#include <string>

namespace packbench::label {

struct DestroyCairo {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* pen) const { cairo_destroy(pen); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroyCairo>;
using Pen = std::unique_ptr<cairo_t, DestroyCairo>;

// A cairo_write_func_t whose closure is the std::string to write to.
inline cairo_status_t append_to_text(void* text, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace packbench::label
