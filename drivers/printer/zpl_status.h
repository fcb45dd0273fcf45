// Answers of printers that speak ZPL II (Zebra's ZPL II Programming Guide, ~HS and ~HQ).
//
// ~HS is three strings <STX>...<ETX><CR><LF> of fields parted by commas:
//   aaa,b,c,dddd,eee,f,g,h,iii,j,k,l    b paper out, c paused, eee formats in the buffer, f buffer
//                                       full, h format in progress, j configuration lost, k too
//                                       cold, l too hot
//   mmm,n,o,p,q,r,s,t,uuuuuuuu,v,www    o head up, p ribbon out, q thermal transfer, t label waits
//   to
//                                       be taken, u labels left in the batch
//   xxxx,y                              password and memory, nothing for us
// A printer gives no answer at all while it is out of media or ribbon, its head is up or too hot.
//
// ~HQES answers in such states too, and tells nothing of jobs:
//   ERRORS:         1 00000000 00000005
//   WARNINGS:       0 00000000 00000000
// Each line is a flag and two groups of hexadecimal digits; all named bits are in the second group.
#pragma once

#include "drivers/printer/printer_status.h"
#include "drivers/printer/status_frame.h"

namespace packbench::drivers {

class ZplHostStatusReader : public StatusReader {
 public:
  bool take(std::string_view bytes) override;
  // Also when only the third string is missing, for that one tells nothing.
  std::optional<StatusReport> report() const override { return report_; }

 private:
  void take_frame(std::string_view frame);

  FrameReader frames_;
  std::optional<StatusReport> first_;  // of string 1, until its string 2 comes
  std::optional<StatusReport> report_;
  bool third_due_ = false;
  bool complete_ = false;
};

class ZplErrorStatusReader : public StatusReader {
 public:
  static constexpr std::size_t kTextMax = 1024;
  bool take(std::string_view bytes) override;
  std::optional<StatusReport> report() const override { return report_; }

 private:
  void read_text();

  std::string text_;
  std::optional<StatusReport> report_;
  bool complete_ = false;
};

}  // namespace packbench::drivers
