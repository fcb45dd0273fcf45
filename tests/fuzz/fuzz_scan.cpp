// What a scanner may send: any bytes at all. Whatever a parser accepts must hold its promises.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "domain/barcode.h"
#include "domain/command_code.h"
#include "domain/gs1.h"
#include "domain/label_code.h"
#include "domain/tracking_number.h"

namespace {

using namespace packbench;

void check_barcode(std::string_view raw, const Barcode& barcode) {
  CHECK(barcode.aim + barcode.bytes == raw);
  CHECK(same_code(barcode.bytes, barcode.bytes));
  if (const auto gtin = gtin14(barcode)) {
    CHECK(gtin->size() == 14);
    CHECK(gtin14(*gtin) == gtin);
    CHECK(!scan_problem(*gtin));
  }
}

void check_element_string(const Barcode& barcode) {
  const auto read = read_gs1(barcode, 2026);
  if (!read || !read->ok()) return;
  const ElementString& e = read->value();
  if (e.gtin14) CHECK(gtin14(*e.gtin14) == e.gtin14);
  if (e.lot) CHECK(!e.lot->empty() && e.lot->size() <= 20 && !scan_problem(*e.lot));
  if (e.serial) CHECK(!e.serial->empty() && e.serial->size() <= 20 && !scan_problem(*e.serial));
  if (e.count) CHECK(*e.count >= 1 && *e.count <= 99'999'999);
  if (e.expiry) {
    CHECK(e.expiry->year >= 1977 && e.expiry->year <= 2076);
    CHECK(e.expiry->month >= 1 && e.expiry->month <= 12);
    CHECK(e.expiry->day >= 1 && e.expiry->day <= 31);
  }
}

void check_our_codes(std::string_view bytes) {
  if (const auto action = parse_command(bytes)) {
    CHECK(looks_like_command(bytes));
    CHECK(encode_command(*action) == bytes);
  }
  if (const auto label = parse_label_code(bytes)) {
    CHECK(is_encodable(*label));
    CHECK(encode_label_code(*label, 1) == bytes || encode_label_code(*label, 2) == bytes);
  }
}

void check_waybill(std::string_view bytes) {
  const std::string number = normalise_waybill(bytes);
  CHECK(normalise_waybill(number) == number);
  for (const std::string_view carrier : {"SF", "EMS", "UPS"}) {
    if (!waybill_problem(carrier, number)) CHECK(number.size() <= kWaybillLengthMax);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  const Barcode barcode = parse_scan(raw);
  check_barcode(raw, barcode);
  check_element_string(barcode);
  check_our_codes(barcode.bytes);
  check_waybill(barcode.bytes);
  return 0;
}
