// Extra pickups on the screen: which carriers should be asked to come once more. Looked for between
// two inputs; where every courier came and no last visit has passed it reads no parcel.
#include <algorithm>

#include "domain/pickups.h"
#include "host/host.h"
#include "host/pickups.h"

namespace packbench::host {
namespace {

using namespace station;

// Whether a parcel on the shelf may need one, from what the bench has in its head.
bool may_need_pickup(const Station& station, const CarriersNow& carriers, Instant now) {
  return std::any_of(station.staged.begin(), station.staged.end(), [&](const auto& each) {
    const StagedParcel& parcel = each.second;
    const auto carrier = carriers.find(parcel.waybill.carrier);
    if (!parcel.picked_up.empty() || carrier == carriers.end()) return false;
    return carrier->second.missed || !parcel.last_visit || now > *parcel.last_visit;
  });
}

bool same_notes(const std::vector<NoteView>& a, const std::vector<NoteView>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.text.zh == y.text.zh && x.next.zh == y.next.zh;
  });
}

}  // namespace

bool Host::look_for_pickups() {
  const Now at = now();
  const std::int64_t minute = at.wall.us / Duration::minutes(1).us;
  const ManifestId manifest = station_.manifest ? station_.manifest->id : "";
  if (pickups_minute_ == minute && pickups_manifest_ == manifest) return false;
  pickups_minute_ = minute;
  pickups_manifest_ = manifest;
  const ListingSources sources{parts_.catalog, parts_.journal.read(), parts_.config.policy};
  const auto book = visit_book(sources);
  // A note that cannot be made now is made in a minute; a fault of the disk shows elsewhere.
  if (!book) return false;
  std::vector<NoteView> notes;
  if (may_need_pickup(station_, carriers_now(book.value(), at.wall), at.wall)) {
    const auto pickups = find_pickups(sources, book.value(), at);
    if (!pickups) return false;
    for (const ExtraPickup& pickup : pickups.value())
      notes.push_back(pickup_note(pickup, at.wall, sources.policy.zone));
  }
  const bool changed = !same_notes(notes, pickups_);
  pickups_ = std::move(notes);
  return changed;
}

}  // namespace packbench::host
