// `packbench show`, `packbench label`, `packbench verify`, `packbench command-sheet`.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "domain/command_code.h"
#include "host/label_config.h"
#include "host/label_content.h"
#include "host/order_deadlines.h"
#include "host/story_json.h"
#include "label/command_sheet.h"
#include "label/label.h"
#include "program/commands.h"
#include "program/label_templates.h"
#include "store/verify.h"

namespace packbench::program {
namespace {

struct Found {
  host::Config config;
  std::unique_ptr<store::Catalog> catalog;
  Order order;
};

Result<Found> find_one(const OrderRequest& request) {
  Found found;
  auto config = load_config(request.places);
  if (!config) return config.error();
  found.config = std::move(config).value();
  // Opening the catalog would make an empty one in a folder that was named by mistake.
  if (::access((request.places.data + "/catalog.db").c_str(), F_OK) != 0)
    return Error{"no_bench", "there is no bench in " + request.places.data +
                                 "; name its data directory with --data"};
  auto catalog = store::Catalog::open({request.places.data, ""});
  if (!catalog) return catalog.error();
  found.catalog = std::move(catalog).value();
  const auto orders = host::orders_named(*found.catalog, request.order);
  if (!orders) return orders.error();
  if (orders.value().size() != 1)
    return Error{
        "order_not_found",
        orders.value().empty()
            ? "no order " + request.order + " is in the catalog; import it first"
            : "several orders are numbered " + request.order + "; name it as platform/shop/number"};
  found.order = orders.value().front();
  return found;
}

Result<std::string> label_file(const label::Label& label, const std::string& ending,
                               const label::LabelStyle& style) {
  if (ending == ".png") return label::label_png(label);
  if (ending == ".pdf") return label::label_pdf(label, style);
  if (ending == ".zpl" || ending == ".tspl") return label.job;
  return Error{"bad_format", "--out must end in .png, .pdf, .zpl or .tspl"};
}

}  // namespace

int fail(const Error& error) {
  std::cerr << "packbench: " << error.text << std::endl;
  return 1;
}

int deliver(const std::string& text, const std::string& out) {
  if (out.empty()) {
    std::cout << text << std::flush;
    return 0;
  }
  std::ofstream file(out, std::ios::binary);
  file << text;
  file.close();
  if (!file) return fail({"io_error", out + " cannot be written; choose another --out"});
  return 0;
}

int run_show(const OrderRequest& request) {
  auto found = find_one(request);
  if (!found) return fail(found.error());
  const auto& order = found.value().order;
  const station::Policy& policy = found.value().config.policy;
  auto journal = store::JournalReader::open(request.places.data);
  store::OrderStory story;
  story.key = order.key;
  Result<Deadlines> deadlines = host::deadlines_to_pack(*found.value().catalog, policy, order);
  if (journal) {
    auto told = journal.value()->story(story.key);
    if (!told) return fail(told.error());
    story = std::move(told).value();
    const bool begun = std::any_of(story.parcels.begin(), story.parcels.end(),
                                   [](const auto& parcel) { return parcel.state != "voided"; });
    if (begun)
      deadlines =
          host::deadlines_begun({*found.value().catalog, *journal.value(), policy}, order, story);
  } else if (journal.error().code != "no_journal") {
    return fail(journal.error());
  }
  for (store::StoryParcel& parcel : story.parcels) {
    auto traces = found.value().catalog->traces(parcel.carrier, parcel.number);
    if (!traces) return fail(traces.error());
    parcel.traces = std::move(traces).value();
  }
  if (!deadlines) return fail(deadlines.error());
  return deliver(request.json ? host::story_json(order, story, deadlines.value()) + "\n"
                              : host::story_text(order, story, deadlines.value(), policy.zone),
                 request.out);
}

int run_label(const OrderRequest& request) {
  auto found = find_one(request);
  if (!found) return fail(found.error());
  const Order& order = found.value().order;
  auto person = found.value().catalog->person(order.key, order.sealed_person);
  if (!person) return fail(person.error());
  const auto content = host::specimen_content(order, person.value(), found.value().config,
                                              {"SPECIMEN", machine_now().wall});
  const auto templates = load_templates(request.places);
  if (!templates) return fail(templates.error());
  host::LabelConfig config = found.value().config.label;
  if (request.dpi != 0) config.printer.dpi = request.dpi;
  const std::string ending = std::filesystem::path(request.out).extension().string();
  const auto language = ending == ".tspl" ? label::LabelLanguage::tspl : label::LabelLanguage::zpl;
  const auto label =
      draw_label(config, templates.value(), content, language, request.label_template);
  if (!label) return fail(label.error());
  const auto file = label_file(label.value(), ending, host::style_of(config, language));
  return file ? deliver(file.value(), request.out) : fail(file.error());
}

int run_verify(const Places& places) {
  const auto verified = store::verify(places.data, places.data);
  if (!verified) return fail(verified.error());
  const store::VerifyReport& report = verified.value();
  if (report.bad_record > 0)
    std::cout << "record " << report.bad_record << " (" << report.bad_kind
              << ") is not what the bench wrote: " << report.problem << "\n";
  else if (!report.problem.empty())
    std::cout << report.problem << "\n";
  for (const std::string& difference : report.differences) std::cout << difference << "\n";
  std::cout << (report.sound() ? "sound: " : "NOT SOUND: ") << report.records << " records, "
            << report.rows_compared << " rows compared" << std::endl;
  return report.sound() ? 0 : 1;
}

int run_command_sheet(const std::string& out) {
  std::vector<label::CommandSheetEntry> entries;
  for (const SheetCommand& command : sheet_commands())
    entries.push_back({encode_command(command.action).value_or(""), std::string(command.zh),
                       std::string(command.en)});
  const auto pdf = label::command_sheet_pdf(entries);
  if (!pdf) return fail(pdf.error());
  return deliver(pdf.value(), out);
}

}  // namespace packbench::program
