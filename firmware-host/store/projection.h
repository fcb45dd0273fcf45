// Projection: a record folded into the tables that are asked, inside the transaction that stores
// it. Deterministic and from records alone, so that `verify` can do it again and compare. For this
// room's source files only.
#pragma once

#include "station/record.h"
#include "store/database.h"

namespace packbench::store {

void project(Database& db, const station::Record& record);

// Each takes the kinds it knows and passes the others by.
void project_packing(Database& db, const station::Record& record);
void project_parcel(Database& db, const station::Record& record);
void project_label(Database& db, const station::Record& record);
void project_handover(Database& db, const station::Record& record);
// After the handover, whose outbox it is about.
void project_delivery(Database& db, const station::Record& record);
void project_order(Database& db, const station::Record& record);
// After the two before it, whose rows it reads.
void project_watch(Database& db, const station::Record& record);
void project_tally(Database& db, const station::Record& record);

// Takes up to `quantity` pieces out of a parcel, the newest first; what left becomes `state`.
void take_out(Database& db, const std::string& parcel, const OrderKey& order, int line,
              std::size_t part, int quantity, const char* state);
// The parcel that is being filled on the bench; empty: none.
std::string open_parcel(Database& db);

}  // namespace packbench::store
