#include "program/manifest_paper.h"

#include <filesystem>
#include <iostream>

#include "label/code128.h"
#include "program/commands.h"

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

int run_manifest(const ManifestRequest& request) {
  if (std::filesystem::path(request.out).extension() != ".pdf")
    return fail({"bad_option", "--out must end in .pdf"});
  const auto config = load_config(request.places);
  if (!config) return fail(config.error());
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
  const auto text = report::manifest_pdf(
      manifest_paper(*found.value(), clock.value().bench, config.value(), *catalog.value()),
      request.language.value_or(config.value().language));
  if (!text) return fail(text.error());
  return deliver(text.value(), request.out);
}

}  // namespace packbench::program
