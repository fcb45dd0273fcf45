#include "ui/fonts.h"

#include <fcntl.h>
#include <imgui_freetype.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <vector>

#include "base/utf8.h"

namespace packbench::ui {

// A file mapped to memory: 20 MB of font of which a few hundred kilobytes are ever touched.
class MappedFile {
 public:
  static std::unique_ptr<MappedFile> open(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return nullptr;
    struct stat status {};
    void* data = MAP_FAILED;
    if (::fstat(file, &status) == 0 && status.st_size > 0)
      data = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, file,
                    0);
    ::close(file);
    if (data == MAP_FAILED) return nullptr;
    return std::unique_ptr<MappedFile>(
        new MappedFile(data, static_cast<std::size_t>(status.st_size)));
  }
  ~MappedFile() { ::munmap(data_, size_); }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  // Gives the pages that were read back to the system; they can be read again.
  void forget() const { ::madvise(data_, size_, MADV_DONTNEED); }
  void* data() const { return data_; }
  int size() const { return static_cast<int>(size_); }

 private:
  MappedFile(void* data, std::size_t size) : data_(data), size_(size) {}
  void* data_;
  std::size_t size_;
};

Result<FontFiles> find_fonts(const std::string& list_path) {
  std::ifstream list(list_path);
  if (!list)
    return Error{"no_font_list", "The list of fonts " + list_path +
                                     " cannot be read. Install Packbench again, assets included."};
  FontFiles found;
  std::string tried;
  for (std::string line; std::getline(list, line);) {
    std::istringstream words(line);
    std::string weight;
    FontFile file;
    if (line.starts_with("#") || !(words >> weight >> file.face >> file.path)) continue;
    FontFile* place = weight == "regular" ? &found.regular
                      : weight == "bold"  ? &found.bold
                                          : nullptr;
    if (place == nullptr || !place->path.empty()) continue;
    tried += " " + file.path;
    if (::access(file.path.c_str(), R_OK) == 0) *place = file;
  }
  if (found.regular.path.empty() || found.bold.path.empty())
    return Error{"no_font", "No font with Chinese characters was found; tried" + tried +
                                ". Install it: apt-get install fonts-noto-cjk"};
  return found;
}

Result<std::unique_ptr<Fonts>> Fonts::open(const FontFiles& files) {
  auto regular = MappedFile::open(files.regular.path);
  auto bold = MappedFile::open(files.bold.path);
  if (!regular || !bold)
    return Error{"no_font", "The font " + (regular ? files.bold.path : files.regular.path) +
                                " cannot be read. Install it: apt-get install fonts-noto-cjk"};
  return std::unique_ptr<Fonts>(new Fonts(files, std::move(regular), std::move(bold)));
}

Fonts::Fonts(FontFiles files, std::unique_ptr<MappedFile> regular, std::unique_ptr<MappedFile> bold)
    : files_(std::move(files)), regular_(std::move(regular)), bold_(std::move(bold)) {
  for (std::size_t face = 0; face < kFaces; ++face) {
    // The biggest face is for digits; the rest gets all of ASCII, so that typing never rebuilds.
    const bool digits = static_cast<Face>(face) == Face::b112;
    const std::string_view some = "0123456789./-:? ";
    if (digits) wanted_[face].insert(some.begin(), some.end());
    for (ImWchar c = 0x20; c < 0x7F && !digits; ++c) wanted_[face].insert(c);
    wanted_[face].insert(0xFFFD);
  }
}

Fonts::~Fonts() {
  if (atlas_ != nullptr) SDL_DestroyTexture(atlas_);
}

std::string Fonts::drawable(std::string_view utf8) {
  const auto points = code_points(utf8);
  if (!points) return "?";
  std::string out;
  for (const char32_t c : *points) out += to_utf8(c > 0xFFFF ? U'\uFFFD' : c);
  return out;
}

void Fonts::want(Face face, std::string_view utf8) {
  const auto points = code_points(utf8);
  if (!points) return;
  auto& wanted = wanted_[static_cast<std::size_t>(face)];
  for (const char32_t c : *points) {
    if (c >= 0x20 && c <= 0xFFFF && wanted.insert(static_cast<ImWchar>(c)).second) stale_ = true;
  }
}

void Fonts::set_scale(float scale) {
  if (scale == scale_) return;
  scale_ = scale;
  stale_ = true;
}

float Fonts::size_px(Face face) const {
  return std::round(face_info(face).em * kLineBoxPerEm * scale_);
}

float Fonts::width_px(Face face, std::string_view utf8) const {
  const ImFont* shape = font(face);
  if (shape == nullptr) return 0;
  float width = 0;
  for (const char32_t c : code_points(utf8).value_or(std::vector<char32_t>{}))
    width += shape->GetCharAdvance(static_cast<ImWchar>(c));
  return width;
}

namespace {

// The software renderer cuts a place in the texture down to a whole row. The height is no power of
// two, so that a row over the height may come back as a hair less than itself, and a letter would
// lose its foot: every row is put a hair below its edge.
void settle_rows(ImFontAtlas& atlas) {
  const auto height = static_cast<float>(atlas.TexHeight);
  for (ImFont* font : atlas.Fonts) {
    for (ImFontGlyph& glyph : font->Glyphs) {
      glyph.V0 = (std::round(glyph.V0 * height) + 0.01F) / height;
      glyph.V1 = (std::round(glyph.V1 * height) + 0.02F) / height;
    }
  }
}

}  // namespace

Status Fonts::rebuild(Textures& textures) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  atlas.Flags = ImFontAtlasFlags_NoPowerOfTwoHeight | ImFontAtlasFlags_NoMouseCursors |
                ImFontAtlasFlags_NoBakedLines;
  atlas.TexDesiredWidth = 2048;
  std::array<std::vector<ImWchar>, kFaces> ranges;  // read by Build() below
  for (std::size_t i = 0; i < kFaces; ++i) {
    for (const ImWchar c : wanted_[i]) ranges[i].insert(ranges[i].end(), {c, c});
    ranges[i].push_back(0);
    const Face face = static_cast<Face>(i);
    const bool bold = face_info(face).bold;
    ImFontConfig config;
    config.FontDataOwnedByAtlas = true;  // else the 20 MB are copied for each face; see below
    config.FontNo = bold ? files_.bold.face : files_.regular.face;
    config.OversampleH = 1;
    config.PixelSnapH = true;
    const MappedFile& file = bold ? *bold_ : *regular_;
    fonts_[i] = atlas.AddFontFromMemoryTTF(file.data(), file.size(), size_px(face), &config,
                                           ranges[i].data());
    atlas.ConfigData.back().FontDataOwnedByAtlas = false;  // nothing to free: the map is ours
  }
  unsigned char* data = nullptr;
  int width = 0;
  int height = 0;
  atlas.GetTexDataAsRGBA32(&data, &width, &height);
  if (data == nullptr || !atlas.IsBuilt())
    return Error{"no_font", "The font " + files_.regular.path + " could not be rendered."};
  settle_rows(atlas);
  if (atlas_ != nullptr) SDL_DestroyTexture(atlas_);
  atlas_ = textures.upload(width, height, data);
  if (atlas_ == nullptr)
    return Error{"no_texture",
                 std::string("The screen has no room for the fonts: ") + SDL_GetError()};
  atlas.SetTexID(atlas_);
  atlas.ClearTexData();
  // Rendering took some ten times the memory that its result needs.
  regular_->forget();
  bold_->forget();
  ::malloc_trim(0);
  stale_ = false;
  return Ok{};
}

}  // namespace packbench::ui
