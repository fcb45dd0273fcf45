// What is the matter with a printer, as a set of IPP printer-state-reasons (RFC 8011 clause 5.4.12,
// PWG 5100.9). Words that are registered there are used where they say it; head-hot, head-cold,
// offline, buffer-full and printing are ours, since IPP has none for a thermal label printer's.
// Value types, no thread rule.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace packbench::drivers {

// In the order in which a packer should be told: what a hand can mend first, and causes before what
// follows from them (a printer without media is paused and offline as well).
enum class PrinterReason : std::uint8_t {
  cover_open,  // also an open print head
  media_jam,
  media_empty,
  media_needed,  // there is media, but no label's edge is found: wrong kind or not calibrated
  ribbon_empty,
  cutter_fault,
  head_hot,  // also a hot motor; it goes on by itself
  out_of_memory,
  other,  // a fault without a name
  paused,
  offline,
  buffer_full,
  label_waiting,  // a printed label waits to be taken off
  media_low,
  ribbon_low,
  head_cold,
  attention,  // a warning without a name
  printing,
};

struct PrinterReasonRow {
  PrinterReason reason;
  std::string_view word;
  bool blocks;  // no job is begun while it lasts
};

constexpr std::array<PrinterReasonRow, 18> kPrinterReasons{{
    {PrinterReason::cover_open, "cover-open", true},
    {PrinterReason::media_jam, "media-jam", true},
    {PrinterReason::media_empty, "media-empty", true},
    {PrinterReason::media_needed, "media-needed", true},
    {PrinterReason::ribbon_empty, "marker-supply-empty", true},
    {PrinterReason::cutter_fault, "separation-cutter-jam", true},
    {PrinterReason::head_hot, "head-hot", true},
    {PrinterReason::out_of_memory, "interpreter-resource-unavailable", true},
    {PrinterReason::other, "other", true},
    {PrinterReason::paused, "paused", true},
    {PrinterReason::offline, "offline", true},
    {PrinterReason::buffer_full, "buffer-full", true},
    {PrinterReason::label_waiting, "output-area-full", false},
    {PrinterReason::media_low, "media-low", false},
    {PrinterReason::ribbon_low, "marker-supply-low", false},
    {PrinterReason::head_cold, "head-cold", false},
    {PrinterReason::attention, "other-warning", false},
    {PrinterReason::printing, "printing", false},
}};

constexpr bool printer_reasons_in_order() {
  for (std::size_t i = 0; i < kPrinterReasons.size(); ++i) {
    if (static_cast<std::size_t>(kPrinterReasons[i].reason) != i) return false;
  }
  return true;
}
static_assert(printer_reasons_in_order(), "a row's place is its reason's number");

constexpr const PrinterReasonRow& row_of(PrinterReason reason) {
  return kPrinterReasons[static_cast<std::size_t>(reason)];
}

constexpr std::optional<PrinterReason> printer_reason(std::string_view word) {
  for (const PrinterReasonRow& row : kPrinterReasons) {
    if (row.word == word) return row.reason;
  }
  return std::nullopt;
}

class PrinterStatus {
 public:
  constexpr PrinterStatus() = default;

  constexpr void add(PrinterReason reason) { bits_ |= bit(reason); }
  constexpr void add(const PrinterStatus& other) { bits_ |= other.bits_; }
  constexpr void add_if(bool set, PrinterReason reason) {
    if (set) add(reason);
  }
  constexpr bool has(PrinterReason reason) const { return (bits_ & bit(reason)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  // Whether nothing but these is set.
  constexpr bool only(PrinterReason a, PrinterReason b) const {
    return (bits_ & ~(bit(a) | bit(b))) == 0;
  }

  // The reason a packer should be told first; nothing where the printer is idle and well.
  constexpr std::optional<PrinterReason> first() const {
    for (const PrinterReasonRow& row : kPrinterReasons) {
      if (has(row.reason)) return row.reason;
    }
    return std::nullopt;
  }
  // All that block come before all that do not.
  constexpr bool blocks() const {
    const auto reason = first();
    return reason && row_of(*reason).blocks;
  }
  // The word of first(), or "none" as IPP has it.
  constexpr std::string_view word() const {
    const auto reason = first();
    return reason ? row_of(*reason).word : "none";
  }
  // All words, most important first, parted by commas; "none".
  std::string words() const;

  constexpr bool operator==(const PrinterStatus&) const = default;

 private:
  static constexpr std::uint32_t bit(PrinterReason reason) {
    return std::uint32_t{1} << static_cast<unsigned>(reason);
  }
  std::uint32_t bits_ = 0;
};

// The byte of GET_PORT_STATUS (USB printer class 1.1, clause 4.2.2): 0x20 paper empty, 0x10
// selected, 0x08 no error. Nothing for 0x00 and 0xFF, which printers answer that have no such
// register.
std::optional<PrinterStatus> read_port_status(std::uint8_t byte);

// One answer to a status question.
struct StatusReport {
  PrinterStatus status;
  int labels_left = 0;          // that it has taken and not printed; 0 also where it does not tell
  bool job_unfinished = false;  // it waits for the rest of a job
  bool operator==(const StatusReport&) const = default;
};

// Gathers one answer from whatever pieces a transfer gives: split anywhere, with garbage in front,
// behind the left-overs of an older answer. Keeps a bounded number of bytes. One thread at a time.
class StatusReader {
 public:
  virtual ~StatusReader() = default;
  // True when the answer is complete; false: more may come.
  virtual bool take(std::string_view bytes) = 0;
  // The newest complete answer; at a deadline also what an incomplete one tells beyond doubt.
  virtual std::optional<StatusReport> report() const = 0;
};

}  // namespace packbench::drivers
