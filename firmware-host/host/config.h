// Config: the bench's TOML file (assets/packbench.example.toml documents every key). A missing file
// means the defaults; an unknown key or a bad value is an Error that names it. Plain values.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/order.h"
#include "label/style.h"
#include "ports/device.h"
#include "station/alert.h"
#include "station/facts.h"

namespace packbench::host {

// The paper and the print head: the [label] table.
struct LabelConfig {
  std::string paper = "100x150";                  // as label::paper_size() writes it
  std::map<std::string, std::string> by_carrier;  // SF -> a template's name
  label::SmallCode small = label::SmallCode::qr;  // what the bench's scanner reads
  label::PrinterSetting printer;
};

// Where confirmations are sent by HTTP: the [delivery] table.
struct DeliveryConfig {
  std::string url;          // empty: nowhere
  std::string secret_file;  // what they are signed with
  std::string ca_file;      // PEM; empty: the system's authorities
  Duration timeout = Duration::seconds(30);
};

// Where carriers' traces are asked for by HTTP: the [traces] table.
struct TracePollConfig {
  std::string url;          // empty: nowhere
  std::string secret_file;  // what questions are signed with; empty: they are not
  std::string ca_file;      // PEM; empty: the system's authorities
  Duration interval = Duration::seconds(300);
  Duration timeout = Duration::seconds(30);
};

// What the buyer is told: the [message] table.
struct MessageConfig {
  bool wanted = true;
  std::string zh, en;                        // templates; empty: the shipped ones
  std::string links;                         // by carrier; empty: the shipped ones
  std::map<std::string, std::int64_t> days;  // that a carrier takes
};

struct Config {
  station::Policy policy;
  station::Language language = station::Language::zh;
  std::string printer;           // usb | usb:NAME | file:DIR | raw:PATH | empty
  std::string fallback_printer;  // where labels go while the other cannot take them
  bool usb = true;               // false: USB devices are left alone
  std::vector<ports::DeviceBinding> devices;
  Duration print_deadline = Duration::seconds(20);
  std::string outbox;  // folder; empty: "outbox" in the data directory
  std::string carrier_outbox = "carrier-outbox";
  std::string trace_rules;  // file; empty: the one that is shipped
  std::string bench_name;   // shown in the rail; empty: the bench's id
  DeliveryConfig delivery;
  TracePollConfig traces;
  MessageConfig message;
  LabelConfig label;
  Receiver sender;
  std::map<std::string, std::string> carrier_names;  // SF -> 顺丰速运
  std::vector<std::string> services_not_packed;      // stock codes of postage and fees
};

// `text` of the file; `checklist` is the JSON text of the rules it names or of the default ones.
Result<Config> parse_config(const std::string& text, const std::string& checklist);

// The checklist file that the configuration names; empty: the default one.
Result<std::string> checklist_path(const std::string& text);

}  // namespace packbench::host
