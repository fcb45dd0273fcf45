// Messages: the one vocabulary between the core and everything around it. Inputs go in, Effects
// come out; records (station/record.h) are what is kept. Plain values, no thread rule.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "domain/barcode.h"
#include "domain/trace.h"
#include "station/alert.h"
#include "station/record.h"

namespace packbench::station {

enum class Verb {
  sign_in,
  sign_out,
  open,
  quantity,
  item,
  short_,
  damaged,
  differs,
  check,
  override_,
  weight,
  next_parcel,
  print,
  printed,
  void_,
  reprint,
  card,
  undo,
  park,
  abandon,
  release,
  handover,
  close_manifest,
  confirm,
  cancel_order,
  advance,
  close_shift,
  accept_trace,
  refused_by_courier,
  incident,
  returned,
  settle,
  print_manifest,
  unknown
};

struct Scan {
  Barcode code;
  bool typed = false;  // by a keyboard, or by what plays one: a person may have done it
};
// An action of the console, the screen or a command barcode; the arguments as they were given.
struct Command {
  Verb verb = Verb::unknown;
  std::vector<std::string> args;
};
// "/short MUG-01 1 not_found" -> Command; an unknown word gives Verb::unknown. The last argument of
// a verb that takes a text is the rest of the line.
Command parse_command_line(std::string_view line);

struct LabelRendered {
  ParcelId parcel;
  int attempt = 1;
  std::string hash;     // empty: it could not be drawn
  std::string problem;  // then: why, without a person's data
};
struct PrinterAsked {
  ParcelId parcel;
  int attempt = 1;
  bool ready = false;
  std::string reason;
};
enum class PrintResult { printed, rejected, unknown };
struct PrintEnded {
  ParcelId parcel;
  int attempt = 1;
  PrintResult result = PrintResult::unknown;
  std::string reason;
};
// How one PrintCard ended: its own answer, whatever was asked for since.
struct CardPrinted {
  std::string work;
  OrderKey order;
  int copy = 1;
  CardResult result = CardResult::unknown;
  std::string reason;
};
// How one slip of a PrintManifest ended; after one that was not printed no other is tried.
struct SlipPrinted {
  ManifestId manifest;
  int slip = 1;   // from 1; 0: none could be made
  int slips = 1;  // of this manifest
  PrintResult result = PrintResult::unknown;
  std::string reason;
};
struct OutboxWritten {
  std::int64_t release = 0;  // seq of the record that released it
  bool ok = false;
  std::string file;
};
struct ReturnWritten {
  std::int64_t returned = 0;  // seq of the record that gave the number back
  bool ok = false;
  std::string file;
};
// What came back by HTTP since the last time.
struct DeliveriesAnswered {
  std::vector<DeliveryEnd> ends;
  std::string trouble;  // a word: from now on nothing gets through, it is tried again by itself
};
// How it stands with the carriers' traces that are asked for by HTTP. The host shows it and the
// core has nothing to decide.
struct TracesAsked {
  std::string trouble;  // a word: none come, they are asked for again by itself; empty: all is well
};
// What is left of the range that a parcel's number came from: `left` numbers, or at least so many
// as the configuration wants.
struct RangeCounted {
  ParcelId parcel;
  std::string carrier, service;
  std::int64_t left = 0;
};
// A row of the catalog's feed. kind: status | line_status | changed | stop | trace.
struct FeedRow {
  std::int64_t id = 0;
  std::string kind;
  OrderKey order;
  std::string reason;  // an OrderStatus, or a stop list's reason
  int line = 0;
  std::int64_t revision = 0;
  std::optional<Trace> trace = {};  // of kind trace, which names no order
};
// Rows of kind trace that follow each other: carriers report by the thousand.
struct TraceRows {
  std::vector<FeedRow> rows;  // at least one
};
// How a device of this bench is doing, as its driver says.
struct DeviceReport {
  std::string kind;             // scanner | printer | scale
  LaneId lane = LaneId::bench;  // of a scanner
  bool ok = true;
  bool connected = true;  // it is there, be it well or not
  std::string reason;     // an IPP state word or one of ours; a row of station/device_words.h
  bool operator==(const DeviceReport&) const = default;
};
// All of them, whenever one has changed.
struct DevicesChanged {
  std::vector<DeviceReport> devices;
};
// The scale has come to rest under a load.
struct Weighed {
  std::int64_t grams = 0;
};
// After the journal was read at start: doubt left over from before is recorded.
struct Started {};

using InputBody =
    std::variant<Scan, Command, LabelRendered, PrinterAsked, PrintEnded, CardPrinted, SlipPrinted,
                 OutboxWritten, ReturnWritten, DeliveriesAnswered, RangeCounted, FeedRow, TraceRows,
                 TracesAsked, DevicesChanged, Weighed, Started>;
struct Input {
  LaneId lane = LaneId::bench;
  InputBody body;
};

// What the host must do after the commit; all are derived again from the state at start.
struct RenderLabel {
  ParcelId parcel;
  int attempt = 1;
};
struct AskPrinter {
  ParcelId parcel;
  int attempt = 1;
};
struct SendLabel {
  ParcelId parcel;
  int attempt = 1;
};
// The printer need not be waited for any longer: the label is in somebody's hand, or nobody wants
// it.
struct StopPrinting {
  ParcelId parcel;
  int attempt = 1;
};
// Cards that are asked for together share `batch`, by which they are stopped together.
struct PrintCard {
  std::string work;
  OrderKey order;
  int copy = 1;  // of this order, from 1
  std::int64_t batch = 0;
};
// A manifest on the label printer, on as many slips as it takes. Nothing is owed: what a bench that
// goes down has not printed is asked for again.
struct PrintManifest {
  ManifestId manifest;
};
struct WriteOutbox {
  std::int64_t release = 0;
};
struct WriteReturn {
  std::int64_t returned = 0;
};
// A parcel got a number of this range; what comes of it is told by RangeCounted.
struct CountRange {
  ParcelId parcel;
  std::string carrier, service;
};
using Effect = std::variant<RenderLabel, AskPrinter, SendLabel, StopPrinting, WriteOutbox,
                            WriteReturn, CountRange, PrintCard, PrintManifest>;

struct Decision {
  LaneId lane = LaneId::bench;  // that answered
  bool accepted = true;
  std::vector<Payload> records;
  std::vector<Effect> effects;
  std::optional<Alert> alert;
};

}  // namespace packbench::station
