// What holds for every ScanReader, whatever it is fed with.
#pragma once

#include <utility>
#include <vector>

#include "base/check.h"
#include "base/utf8.h"
#include "drivers/scanner/scan_reader.h"
#include "tests/fuzz/report_feed.h"

namespace packbench::fuzz {

inline void check_scans(const std::vector<Barcode>& scans) {
  for (const Barcode& scan : scans) {
    CHECK(scan.bytes.size() <= kScanBytesMax + 1);
    CHECK(scan.aim.empty() || scan.aim.size() == 3);
    CHECK(!scan.bytes.empty() || !scan.aim.empty());
  }
}

// Feeds all that is left; gives the scans.
inline std::vector<Barcode> feed_scanner(drivers::ScanReader& reader, ReportFeed& feed) {
  std::vector<Barcode> all;
  Duration now = Duration::seconds(1);
  const auto keep = [&all](std::vector<Barcode> scans) {
    check_scans(scans);
    for (Barcode& scan : scans) all.push_back(std::move(scan));
  };
  while (!feed.empty()) {
    const Duration pause = feed.pause();
    now = now + pause;
    // A host that calls in time, and one that does not.
    if (pause.us % 20'000 == 0) keep(reader.tick(now));
    keep(reader.take(feed.piece(), now));
  }
  if (const auto deadline = reader.deadline()) {
    keep(reader.tick(*deadline));
    CHECK(!reader.deadline());
  }
  reader.reset();
  CHECK(!reader.deadline() && reader.tick(now + Duration::hours(1)).empty());
  return all;
}

}  // namespace packbench::fuzz
