// The small code on every label: which bench printed it, for which waybill, in which attempt.
//
// Text, version 1:   PB1 <bench> L <waybill> L <attempt> <check>
// Only the layout-safe characters of domain/check_character.h are used, so that a scanner in
// keyboard mode reads it the same everywhere; the check character is that file's too. They stand
// for themselves; every other visible ASCII character, and L and X, is X and two digits: its ASCII
// value less 32. The attempt is a decimal number without leading zeros; 0 is a specimen.
//
// Text, version 2:   PB2 <waybill> L <bench> <attempt> <check>
// It is short enough for bars: all capitals but L and X stand for themselves, the attempt and the
// check are two digits each. A scanner of bars that plays a keyboard reads it right where it reads
// waybills right, which is where its layout is set.
// Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace packbench {

struct LabelCode {
  std::string bench;    // short code of the bench
  std::string waybill;  // number as the carrier writes it
  int attempt = 0;      // 0 is a specimen, which is no label of any parcel
  bool operator==(const LabelCode&) const = default;
};

// Bench and waybill are 1 to 40 visible ASCII characters, the attempt is 0 to 9999, in version 2 to
// 99.
bool is_encodable(const LabelCode& code, int version = 1);

// The version is 1 or 2 and `code` must be encodable in it (CHECK).
std::string encode_label_code(const LabelCode& code, int version = 1);

// Nothing where the text is not exactly what encode_label_code() gives for some code: an
// unknown version, a wrong check character, a second way of writing the same code.
std::optional<LabelCode> parse_label_code(std::string_view text);

}  // namespace packbench
