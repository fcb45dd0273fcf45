// Answers of printers that speak TSPL (TSC's TSPL/TSPL2 Programming Manual, status polling
// commands).
//
// <ESC>!? gives one byte of bits: 0x01 head open, 0x02 jam, 0x04 out of paper, 0x08 out of ribbon,
// 0x10 paused, 0x20 printing, 0x80 other. Some makers use 0x40 for a cover of its own.
//
// <ESC>!S gives <STX>, four bytes, <ETX><CR><LF>:
//   1 what it does:  '@' nothing, '`' paused, 'B' feeding back, 'C' cutting, 'E' fault, 'F'
//   feeding,
//                    'K' waits for its print key, 'L' waits for the label to be taken,
//                    'P' printing, 'W' drawing
//   2 '@' and bits:  0x01 paper low, 0x02 ribbon low, 0x08 receive buffer full
//   3 '@' and bits:  0x01 head hot, 0x02 motor hot, 0x04 head fault, 0x08 cutter, 0x10 memory
//   4 '@' and bits:  0x01 paper empty, 0x02 jam, 0x04 ribbon empty, 0x08 ribbon jam, 0x20 head open
#pragma once

#include "drivers/printer/printer_status.h"
#include "drivers/printer/status_frame.h"

namespace packbench::drivers {

// The four bytes between <STX> and <ETX>; nothing for other bytes than '@' and bits.
std::optional<StatusReport> read_tspl_report(std::string_view four);
// The one byte.
StatusReport read_tspl_byte(std::uint8_t byte);

// For <ESC>!S: the newest whole frame.
class TsplReportReader : public StatusReader {
 public:
  bool take(std::string_view bytes) override;
  std::optional<StatusReport> report() const override { return report_; }

 private:
  FrameReader frames_;
  std::optional<StatusReport> report_;
};

// For <ESC>!?: the last byte that came, since one byte has no beginning and no end. Frames of
// <ESC>!S and texts, which hold letters, are left out. What could still be a part of such (0x02 is
// <STX> as well as a jam; 0x40 is set in letters) is not complete by itself, but counts at the
// deadline.
class TsplByteReader : public StatusReader {
 public:
  bool take(std::string_view bytes) override;
  std::optional<StatusReport> report() const override;

 private:
  static constexpr std::size_t kKept = 64;
  std::string_view answer() const;

  std::string bytes_;  // the last that came, without whole frames
};

}  // namespace packbench::drivers
