#include "store/projection.h"

namespace packbench::store {

void project(Database& db, const station::Record& record) {
  project_packing(db, record);
  project_parcel(db, record);
  project_label(db, record);
  project_handover(db, record);
  project_delivery(db, record);
  project_order(db, record);
  project_watch(db, record);
  project_tally(db, record);
}

}  // namespace packbench::store
