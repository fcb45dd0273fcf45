// A label that counts as printable: drawn, turned into printer bytes, and proven by reading both
// codes from the raster that was rebuilt from those bytes.
// Thread rule: any one thread at a time; meant for a worker, which keeps Pango's fonts warm.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "label/content.h"
#include "label/page.h"
#include "label/raster.h"
#include "label/style.h"
#include "label/template.h"

namespace packbench::label {

struct Label {
  Raster raster;     // as rebuilt from the job
  std::string job;   // all that the printer gets
  std::string hash;  // BLAKE2b-256 of job, hexadecimal: what the INTENT record keeps
  LabelLanguage language = LabelLanguage::zpl;
};

// The same content gives the same bytes on every machine with the same version of the font.
// Errors are label_unprintable and name the field.
Result<Label> make_label(const LabelContent& content, const LabelTemplate& on,
                         const LabelStyle& style);

// A card for the box, without codes.
Result<Label> make_card(const LabelContent& content, const LabelTemplate& on,
                        const LabelStyle& style);

// These dots as a print job. label_unprintable where reading the job gives other dots.
Result<Label> label_of(const Raster& page, const LabelStyle& style);

// The label's dots as a picture, for files and screens. Apart from make_label() because writing a
// PNG takes longer than all the rest.
Result<std::string> label_png(const Label& label);

// The same as one page of a PDF in the paper's own size.
Result<std::string> label_pdf(const Label& label, const LabelStyle& style);

// Reads both codes from `printed` and demands blank quiet zones, bars without a gap from top to
// bottom, and exactly these texts. label_unprintable says which of them failed.
Status check_codes(const Raster& printed, const PlacedCode& waybill, const PlacedCode& small);

// BLAKE2b-256 as 64 hexadecimal digits.
std::string content_hash(std::string_view bytes);

}  // namespace packbench::label
