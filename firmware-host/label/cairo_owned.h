// Cairo's objects with an owner, and a file that Cairo writes as a text. For the files of this
// room.
#pragma once

#include <cairo.h>

#include <memory>
#include <string>

namespace packbench::label {

template <auto Release>
struct Releaser {
  template <class T>
  void operator()(T* what) const {
    Release(what);
  }
};
// An object of a C library that `Release` ends.
template <class T, auto Release>
using Owned = std::unique_ptr<T, Releaser<Release>>;
using Surface = Owned<cairo_surface_t, cairo_surface_destroy>;
using Pen = Owned<cairo_t, cairo_destroy>;

// A cairo_write_func_t whose closure is the std::string to write to.
inline cairo_status_t append_to_text(void* text, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace packbench::label
