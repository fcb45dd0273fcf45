// packbench: the composition root. Reads the command line and hands over to one subcommand.
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <csignal>
#include <iostream>

#include "base/time_text.h"
#include "host/list_answer.h"
#include "program/commands.h"
#include "program/console.h"
#include "program/kiosk_command.h"

namespace packbench::program {
namespace {

struct Arguments {
  Places places;
  std::string language;
  std::string clock;
  ConsoleOptions console;
  ImportRequest import;
  OrderRequest show, label;
  ReportRequest report;
  DevicesRequest devices;
  KioskRequest kiosk;
  ListRequest list;
  OutboxRequest outbox;
  ManifestRequest manifest;
  std::string sheet = "command-sheet.pdf";
  std::vector<std::string> map, set;
};

// --map a=b,c=d (commas part, also several times); --set key=value (the value is taken whole).
Result<std::map<std::string, std::string>> pairs(const std::vector<std::string>& words) {
  std::map<std::string, std::string> out;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      return Error{"bad_option", "\"" + word + "\" must be written key=value"};
    // A second pair behind a comma would silently become part of the value.
    const std::size_t comma = word.find(',', equals);
    if (comma != std::string::npos && word.find('=', comma) != std::string::npos)
      return Error{"bad_option", "\"" + word + "\" holds two pairs; write --set once for each"};
    out[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return out;
}

std::optional<station::Language> language_of(const std::string& word) {
  if (word == "zh") return station::Language::zh;
  if (word == "en") return station::Language::en;
  return std::nullopt;
}

void common_options(CLI::App* command, Arguments& a) {
  command->add_option("--data", a.places.data, "data directory")
      ->capture_default_str()
      ->type_name("DIR");
  command
      ->add_option("--config", a.places.config,
                   "TOML file; default: packbench.toml in the data directory")
      ->type_name("FILE");
}

void language_option(CLI::App* command, Arguments& a) {
  command->add_option("--lang", a.language, "language; default: the configuration's")
      ->check(CLI::IsMember({"zh", "en"}))
      ->type_name("LANG");
}

int import_now(Arguments& a) {
  auto map = pairs(a.map);
  if (!map) return fail(map.error());
  auto set = pairs(a.set);
  if (!set) return fail(set.error());
  a.import.places = a.places;
  a.import.map = std::move(map).value();
  a.import.set = std::move(set).value();
  return run_import(a.import);
}

int console_now(Arguments& a) {
  a.console.bench = {a.places, std::nullopt, language_of(a.language)};
  if (!a.clock.empty()) {
    const auto time = parse_iso8601(a.clock);
    if (!time)
      return fail({"bad_option", "--clock must be a time such as 2026-11-22T14:00:00+08:00"});
    a.console.bench.frozen_at = time;
  }
  return run_console(a.console, STDIN_FILENO, std::cout, std::cerr);
}

void add_import(CLI::App& app, Arguments& a, int& code) {
  auto* c =
      app.add_subcommand("import", "take in files: orders, products, waybills, operators ...");
  common_options(c, a);
  c->add_option("files", a.import.files, "what they are is known by their content")
      ->required()
      ->type_name("FILE");
  // One word each, so that a file may follow.
  c->add_option("--map", a.map, "columns of a foreign CSV: number=InvoiceNo,sku=StockCode")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("FIELD=COLUMN");
  c->add_option("--set", a.set, "what the file lacks: platform=taobao; once for each field")
      ->allow_extra_args(false)
      ->type_name("FIELD=VALUE");
  c->callback([&] { code = import_now(a); });
}

void add_console(CLI::App& app, Arguments& a, int& code) {
  auto* c = app.add_subcommand("console", "the bench without its screen: scans on standard input");
  common_options(c, a);
  language_option(c, a);
  c->add_flag("--json", a.console.json, "one JSON object a line");
  c->add_option("--clock", a.clock, "freeze time at it, in a new data directory")
      ->type_name("TIME");
  c->callback([&] { code = console_now(a); });
}

void add_kiosk(CLI::App& app, Arguments& a, int& code) {
  auto* c = app.add_subcommand("kiosk", "the bench with its screen");
  common_options(c, a);
  language_option(c, a);
  c->add_flag("--demo", a.kiosk.demo, "demo orders and a tray of things to scan");
  c->add_option("--shift", a.kiosk.shift_orders, "with --demo: play this many orders and end")
      ->type_name("N");
  c->add_option("--out", a.kiosk.out, "folder for pictures, labels and report of --shift")
      ->type_name("DIR");
  c->add_flag("--fullscreen", a.kiosk.fullscreen, "cover the whole screen");
  c->add_option("--size", a.kiosk.size, "window")->capture_default_str()->type_name("WIDTHxHEIGHT");
  c->callback([&, c] {
    a.kiosk.places = a.places;
    a.kiosk.data_given = c->count("--data") > 0;
    a.kiosk.language = language_of(a.language);
    code = run_kiosk(a.kiosk);
  });
}

void add_order_commands(CLI::App& app, Arguments& a, int& code) {
  auto* show = app.add_subcommand("show", "everything about one order");
  common_options(show, a);
  show->add_option("order", a.show.order, "order number, alias or platform/shop/number")
      ->required()
      ->type_name("ORDER");
  show->add_flag("--json", a.show.json, "as JSON");
  show->callback([&] {
    a.show.places = a.places;
    code = run_show(a.show);
  });
  auto* label = app.add_subcommand("label", "draw an order's label as a SPECIMEN");
  common_options(label, a);
  label->add_option("order", a.label.order, "order number, alias or platform/shop/number")
      ->required()
      ->type_name("ORDER");
  label->add_option("--out", a.label.out, "a .png, .pdf, .zpl or .tspl")
      ->required()
      ->type_name("FILE");
  label->add_option("--template", a.label.label_template, "the label template to draw on")
      ->type_name("NAME");
  label->add_option("--dpi", a.label.dpi, "of the print head")->check(CLI::IsMember({203, 300}));
  label->callback([&] {
    a.label.places = a.places;
    code = run_label(a.label);
  });
}

void add_list(CLI::App& app, Arguments& a, int& code) {
  auto* c = app.add_subcommand("list", "what waits for somebody");
  common_options(c, a);
  language_option(c, a);
  const auto known = host::all_list_names();
  std::vector<std::string> names(known.begin(), known.end());
  names.push_back("unknown-traces");
  c->add_option("name", a.list.name, "which one")
      ->required()
      ->check(CLI::IsMember(names))
      ->type_name("NAME");
  c->add_flag("--json", a.list.json, "one JSON object a line");
  c->callback([&] {
    a.list.places = a.places;
    a.list.language = language_of(a.language);
    code = run_list(a.list);
  });
}

CLI::App* outbox_command(CLI::App* outbox, const char* name, const char* what, Arguments& a,
                         int& code, int (*command)(const OutboxRequest&)) {
  auto* c = outbox->add_subcommand(name, what);
  common_options(c, a);
  c->callback([&a, &code, command] {
    a.outbox.places = a.places;
    code = command(a.outbox);
  });
  return c;
}

void add_outbox(CLI::App& app, Arguments& a, int& code) {
  auto* outbox = app.add_subcommand("outbox", "confirmations on their way to the platforms");
  outbox->require_subcommand(1);
  auto* list = outbox_command(outbox, "list", "what waits or is refused", a, code, run_outbox_list);
  list->add_flag("--all", a.outbox.all, "also what was sent");
  list->add_flag("--json", a.outbox.json, "one JSON object a line");
  auto* retry =
      outbox_command(outbox, "retry", "send refused ones again", a, code, run_outbox_retry);
  auto* which = retry->add_option_group("which");
  which->add_option("id", a.outbox.id, "of packbench outbox list")->type_name("ID");
  which->add_flag("--all", a.outbox.all, "every refused one");
  which->require_option(1);
  auto* out = outbox_command(outbox, "export", "a table for a platform or a program", a, code,
                             run_outbox_export);
  out->add_option("file", a.outbox.out, "")->required()->type_name("FILE");
  out->add_option("--layout", a.outbox.layout, "csv, jsonl, shopify, taobao, pinduoduo, your own")
      ->capture_default_str()
      ->type_name("NAME");
  out->add_option("--from", a.outbox.from, "released then or later; default: what is unsent")
      ->type_name("TIME");
  out->add_option("--to", a.outbox.to, "released before")->type_name("TIME");
}

void add_manifest(CLI::App& app, Arguments& a, int& code) {
  auto* c = app.add_subcommand("manifest", "the paper of a courier's visit, to be signed");
  common_options(c, a);
  language_option(c, a);
  c->add_option("id", a.manifest.id, "default: the newest")->type_name("MANIFEST");
  c->add_option("--out", a.manifest.out, "a .pdf; .png, .zpl, .tspl: as on the label printer")
      ->required()
      ->type_name("FILE");
  c->callback([&] {
    a.manifest.places = a.places;
    a.manifest.language = language_of(a.language);
    code = run_manifest(a.manifest);
  });
}

void add_report(CLI::App& app, Arguments& a, int& code) {
  auto* c = app.add_subcommand("report", "figures of a shift or a day");
  common_options(c, a);
  language_option(c, a);
  auto* shift =
      c->add_option("--shift", a.report.shift, "current (the newest) or a shift's number");
  shift->type_name("N");
  c->add_option("--date", a.report.date, "local day instead, 2026-11-22")
      ->excludes(shift)
      ->type_name("DAY");
  c->add_option("--format", a.report.format, "")
      ->check(CLI::IsMember({"json", "csv", "pdf"}))
      ->capture_default_str()
      ->type_name("FORMAT");
  c->add_option("--out", a.report.out, "default: standard output")->type_name("FILE");
  c->callback([&] {
    a.report.places = a.places;
    a.report.language = language_of(a.language);
    code = run_report(a.report);
  });
}

void add_devices(CLI::App& app, Arguments& a, int& code) {
  auto* c = app.add_subcommand("devices", "scanners, printers and scales that are plugged in");
  common_options(c, a);
  language_option(c, a);
  c->add_flag("--json", a.devices.json, "as JSON");
  c->add_flag("--test", a.devices.test,
              "with no bench open: read a scan (30 s), print a test label, read a weight");
  c->callback([&] {
    a.devices.places = a.places;
    a.devices.language = language_of(a.language);
    code = run_devices(a.devices);
  });
}

void add_upkeep(CLI::App& app, Arguments& a, int& code) {
  auto* verify = app.add_subcommand("verify", "check the journal and rebuild what follows from it");
  common_options(verify, a);
  verify->callback([&] { code = run_verify(a.places); });
  auto* sheet = app.add_subcommand("command-sheet", "barcodes for actions, to hang at the bench");
  common_options(sheet, a);
  sheet->add_option("--out", a.sheet, "PDF")->capture_default_str()->type_name("FILE");
  sheet->callback([&] { code = run_command_sheet(a.sheet); });
}

int run(int argc, char** argv) {
  Arguments a;
  a.places.data = "packbench-data";
  a.places.assets = find_assets();
  int code = 0;
  CLI::App app{"packbench: the packing bench from first scan to confirmed shipment"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "packbench 0.1.0");
  add_kiosk(app, a, code);
  add_console(app, a, code);
  add_import(app, a, code);
  add_order_commands(app, a, code);
  add_list(app, a, code);
  add_outbox(app, a, code);
  add_manifest(app, a, code);
  add_report(app, a, code);
  add_devices(app, a, code);
  add_upkeep(app, a, code);
  // Behind the commands, which would inherit it.
  app.footer("packbench COMMAND --help shows the options of a command.");
  // CLI11 would only say that a command is wanted.
  const auto named = [&](const CLI::App* command) { return command->check_name(argv[1]); };
  if (argc > 1 && argv[1][0] != '-' && app.get_subcommands(named).empty()) {
    std::cerr << "packbench: there is no command " << argv[1] << "; packbench --help lists them\n";
    return 2;
  }
  CLI11_PARSE(app, argc, argv);
  return code;
}

}  // namespace
}  // namespace packbench::program

int main(int argc, char** argv) {
  // A reader that goes away is an error of that write, not the end of the bench.
  std::signal(SIGPIPE, SIG_IGN);
  // Whoever started us may ignore it; then nobody could tell how our own children ended.
  std::signal(SIGCHLD, SIG_DFL);
  return packbench::program::run(argc, argv);
}
