#include "program/manifest_paper.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>

#include "host/label_config.h"
#include "label/code128.h"
#include "label/manifest_slip.h"
#include "program/commands.h"
#include "program/label_templates.h"

namespace packbench::program {

report::ManifestPaper manifest_paper(StoredManifest manifest, const std::string& bench,
                                     const host::Config& config, store::Catalog& catalog) {
  report::ManifestPaper paper;
  paper.bench = config.bench_name.empty() ? bench : config.bench_name;
  paper.op = manifest.op;
  if (const auto known = catalog.operator_of(manifest.op); known && known.value())
    paper.op = known.value()->op.name;
  paper.carriers = config.carrier_names;
  paper.bars = label::code128_widths(manifest.id).value_or(std::vector<std::uint8_t>());
  paper.zone = config.policy.zone;
  paper.manifest = std::move(manifest);
  return paper;
}

Result<host::ManifestSlips> manifest_slips(report::ManifestPaper paper, const host::Config& config,
                                           const std::vector<label::LabelTemplate>& templates) {
  const auto on = host::template_for(config.label, templates, paper.manifest.carrier);
  if (!on) return on.error();
  const label::SlipPaper size{on.value()->width, on.value()->height};
  if (size.height < label::slip_height_min)
    return Error{"paper_too_small", "a manifest does not fit on labels of " +
                                        std::to_string(static_cast<int>(size.height)) +
                                        " mm: take the PDF in the folder manifests"};
  const auto named = paper.carriers.find(paper.manifest.carrier);
  auto content = std::make_shared<label::SlipContent>();
  content->bench = std::move(paper.bench);
  content->op = std::move(paper.op);
  content->carrier = named == paper.carriers.end() ? paper.manifest.carrier : named->second;
  content->zone = std::move(paper.zone);
  content->chinese = config.language == station::Language::zh;
  content->manifest = std::move(paper.manifest);
  host::ManifestSlips slips;
  slips.count = label::slip_count(*content, size);
  slips.draw = [content = std::shared_ptr<const label::SlipContent>(std::move(content)), size,
                style = config.label](int slip, label::LabelLanguage language) {
    return label::make_slip(*content, size, host::style_of(style, language), slip);
  };
  return slips;
}

namespace {

// slip.png, slip-2.png, slip-3.png ...
std::string numbered(const std::filesystem::path& out, int slip) {
  if (slip == 1) return out.string();
  const std::string name = out.stem().string() + "-" + std::to_string(slip);
  return (out.parent_path() / (name + out.extension().string())).string();
}

int deliver_slips(const report::ManifestPaper& paper, const host::Config& config,
                  const ManifestRequest& request) {
  const std::filesystem::path out(request.out);
  const auto templates = load_templates(request.places);
  if (!templates) return fail(templates.error());
  const auto slips = manifest_slips(paper, config, templates.value());
  if (!slips) return fail(slips.error());
  const auto language =
      out.extension() == ".tspl" ? label::LabelLanguage::tspl : label::LabelLanguage::zpl;
  for (int slip = 1; slip <= slips.value().count; ++slip) {
    const auto drawn = slips.value().draw(slip, language);
    if (!drawn) return fail(drawn.error());
    const auto file = out.extension() == ".png" ? label::label_png(drawn.value())
                                                : Result<std::string>(drawn.value().job);
    if (!file) return fail(file.error());
    if (const int code = deliver(file.value(), numbered(out, slip)); code != 0) return code;
  }
  return 0;
}

}  // namespace

int run_manifest(const ManifestRequest& request) {
  const auto ending = std::filesystem::path(request.out).extension();
  if (ending != ".pdf" && ending != ".png" && ending != ".zpl" && ending != ".tspl")
    return fail({"bad_option", "--out must end in .pdf, or in .png, .zpl or .tspl for its slips"});
  auto config = load_config(request.places);
  if (!config) return fail(config.error());
  if (request.language) config.value().language = *request.language;
  auto journal = store::JournalReader::open(request.places.data);
  if (!journal) return fail(journal.error());
  auto catalog = store::Catalog::open({request.places.data, ""});
  if (!catalog) return fail(catalog.error());
  const auto clock = journal.value()->clock();
  if (!clock) return fail(clock.error());
  const auto found = journal.value()->manifest(request.id);
  if (!found) return fail(found.error());
  if (!found.value())
    return fail({"no_manifest", request.id.empty()
                                    ? "nothing was handed over yet; /handover begins a manifest"
                                    : "there is no manifest " + request.id});
  const report::ManifestPaper paper =
      manifest_paper(*found.value(), clock.value().bench, config.value(), *catalog.value());
  if (ending != ".pdf") return deliver_slips(paper, config.value(), request);
  const auto text = report::manifest_pdf(paper, config.value().language);
  if (!text) return fail(text.error());
  return deliver(text.value(), request.out);
}

}  // namespace packbench::program
