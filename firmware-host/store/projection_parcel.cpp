// A parcel's checks, weight and staging.
#include "store/projection.h"

namespace packbench::store {

using namespace station;  // the kinds of record

namespace {

struct ParcelProjection {
  Database& db;
  const Record& record;

  void operator()(const CheckRaised& r) {
    db.run(
        "INSERT INTO parcel_check (parcel, id, place, blocks)"
        " VALUES (?1, ?2, (SELECT count(*) + 1 FROM parcel_check WHERE parcel = ?1), ?3)"
        " ON CONFLICT (parcel, id) DO UPDATE SET answer = '', reason = '', material = '', op = '',"
        " answered_us = NULL",
        r.parcel, r.check.id, r.check.blocks_print ? "print" : "staging");
  }
  void operator()(const CheckAnswered& r) {
    answer(r.parcel, r.id, r.answer, r.reason, r.material);
  }
  void operator()(const CheckOverridden& r) { answer(r.parcel, r.id, "overridden", r.reason, ""); }
  void operator()(const ParcelWeighed& r) {
    db.run("UPDATE parcel SET weight_g = ?, weight_within = ? WHERE id = ?", r.grams, r.within,
           r.parcel);
  }
  void operator()(const ParcelStaged& r) {
    db.run(
        "UPDATE parcel SET state = 'staged', staged_us = ?, packed_by = ?,"
        " weight_g = coalesce(?, weight_g),"
        " shift = coalesce((SELECT max(id) FROM shift WHERE closed_us IS NULL), 0) WHERE id = ?",
        record.at.wall, record.op, r.weight_g, r.parcel);
    db.run(
        "INSERT INTO parcel_order (parcel, platform, shop, number, state)"
        " SELECT DISTINCT parcel, platform, shop, number, 'none' FROM parcel_content"
        " WHERE parcel = ?",
        r.parcel);
    db.run("UPDATE work SET parcel = NULL WHERE id = (SELECT work FROM parcel WHERE id = ?)",
           r.parcel);
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  // An override of the weight is no check that was raised, but is kept among them.
  void answer(const std::string& parcel, const std::string& id, const std::string& word,
              const std::string& reason, const std::string& material) {
    db.run(
        "INSERT INTO parcel_check (parcel, id, place, blocks, answer, reason, material, op,"
        " answered_us) VALUES (?, ?, 0, 'staging', ?, ?, ?, ?, ?)"
        " ON CONFLICT (parcel, id) DO UPDATE SET answer = excluded.answer,"
        " reason = excluded.reason, material = excluded.material, op = excluded.op,"
        " answered_us = excluded.answered_us",
        parcel, id, word, reason, material, record.op, record.at.wall);
  }
};

}  // namespace

void project_parcel(Database& db, const Record& record) {
  std::visit(ParcelProjection{db, record}, record.payload);
}

}  // namespace packbench::store
