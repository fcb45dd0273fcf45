// A manifest on the label printer. It is no label and leaves no record: nothing proves it, nothing
// waits for it, and whoever lacks it asks once more.
#include "domain/manifest.h"
#include "station/draft.h"

namespace packbench::station {
namespace {

// Of the manifest that is open, and of those that are not there, none.
bool is_open(const Station& station, std::int64_t number) {
  return station.manifest && station.manifest->id == manifest_id(station.bench, number);
}

}  // namespace

ManifestId newest_closed_manifest(const Station& station) {
  std::int64_t number = station.manifests;
  if (is_open(station, number)) --number;
  return number < 1 ? ManifestId() : manifest_id(station.bench, number);
}

void print_manifest(Draft& draft, const Command& command) {
  if (command.args.size() > 1)
    return draft.refuse(AlertCode::bad_command, {{"reason", "/print-manifest [MANIFEST]"}});
  const ManifestId id =
      command.args.empty() ? newest_closed_manifest(draft.station) : command.args[0];
  const auto number = manifest_number(draft.station.bench, id);
  if (!number || *number > draft.station.manifests)
    return draft.refuse(AlertCode::not_ready, {{"reason", "no_manifest"}});
  if (is_open(draft.station, *number))
    return draft.refuse(AlertCode::not_ready, {{"reason", "manifest_open"}});
  draft.effect(PrintManifest{id});
}

void slip_printed(Draft& draft, const SlipPrinted& event) {
  if (event.result == PrintResult::printed) return;
  std::string which = event.manifest;
  if (event.slips > 1)
    which += " (" + std::to_string(event.slip) + "/" + std::to_string(event.slips) + ")";
  // Nobody but a label that is waited for stops a slip.
  const std::string reason = event.reason == "stopped" ? "label_first" : event.reason;
  draft.alert(AlertCode::manifest_not_printed, {{"manifest", which}, {"reason", reason}});
}

// What names an order, an item or a parcel is that, whatever it looks like.
bool names_manifest(const Draft& draft, const Barcode& code) {
  const Facts& facts = draft.facts;
  if (!facts.orders.empty() || !facts.items.empty() || facts.parcel) return false;
  return looks_like_manifest(code.bytes) ||
         manifest_number(draft.station.bench, code.bytes).has_value();
}

}  // namespace packbench::station
