// The subcommands that do one thing and end. Each returns the exit code of the program.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "program/bench.h"

namespace packbench::program {

struct ImportRequest {
  Places places;
  std::vector<std::string> files;
  std::map<std::string, std::string> map, set;
};
// 0 all taken, 2 something rejected, 1 nothing readable.
int run_import(const ImportRequest& request);

struct OrderRequest {
  Places places;
  std::string order;  // number, alias or platform/shop/number
  bool json = false;
  std::string out;
  std::string label_template;  // empty: as the bench would choose
  int dpi = 0;                 // 0: of the bench's printer
};
int run_show(const OrderRequest& request);
int run_label(const OrderRequest& request);

struct ListRequest {
  Places places;
  std::string name;   // one of all_list_names(), or unknown-traces: no rule knows what they mean
  bool json = false;  // one object a line
  std::optional<station::Language> language;
};
int run_list(const ListRequest& request);

struct OutboxRequest {
  Places places;
  bool json = false;
  bool all = false;  // list: also what was delivered; retry: every refused one
  std::string id;    // retry: this one
  std::string out;   // export
  std::string layout = "csv";
  std::string from, to;  // export, by the time of release; both empty: what is unsent
};
int run_outbox_list(const OutboxRequest& request);
int run_outbox_retry(const OutboxRequest& request);
int run_outbox_export(const OutboxRequest& request);

struct ManifestRequest {
  Places places;
  std::string id;   // empty: the newest
  std::string out;  // its ending says as what; further slips are numbered: slip.png, slip-2.png
  std::optional<station::Language> language;
};
int run_manifest(const ManifestRequest& request);

int run_verify(const Places& places);
int run_command_sheet(const std::string& out);

struct DevicesRequest {
  Places places;
  bool json = false;
  bool test = false;  // reads a scan, prints a test label, reads a weight
  std::optional<station::Language> language;
};
// 0; 1 where a device that is there failed its test.
int run_devices(const DevicesRequest& request);

struct ReportRequest {
  Places places;
  std::string shift, date;  // one of them; both empty: the current shift
  std::string format = "json";
  std::string out;  // empty: standard output
  std::optional<station::Language> language;
};
int run_report(const ReportRequest& request);

// Says what went wrong on standard error; always 1.
int fail(const Error& error);
// To the file, or to standard output where none is named.
int deliver(const std::string& text, const std::string& out);

}  // namespace packbench::program
