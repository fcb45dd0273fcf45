#include "store/outbox_list.h"

#include <limits>

#include "store/database.h"
#include "store/journal_reader.h"

namespace packbench::store {
namespace {

constexpr std::int64_t kEarliest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();

#define PACKBENCH_OUTBOX_ROWS                                                                   \
  "SELECT o.release_seq, o.place, o.parcel, o.platform, o.shop, o.number, p.carrier, p.number," \
  " r.wall_us, o.file, coalesce(d.state, ''), coalesce(d.status, 0), coalesce(d.reason, ''),"   \
  " d.ended_us FROM outbox o JOIN parcel p ON p.id = o.parcel"                                  \
  " JOIN record r ON r.seq = o.release_seq"                                                     \
  " LEFT JOIN delivery d ON d.release_seq = o.release_seq AND d.place = o.place"                \
  " WHERE r.wall_us >= ? AND r.wall_us < ?"
constexpr const char* kAll = PACKBENCH_OUTBOX_ROWS " ORDER BY o.release_seq, o.place";
// A long history is delivered: the few that are not come by their indexes.
constexpr const char* kUnsent = PACKBENCH_OUTBOX_ROWS
    " AND o.release_seq IN (SELECT release_seq FROM delivery WHERE state <> 'delivered'"
    "   UNION SELECT release_seq FROM outbox WHERE state = 'released')"
    " ORDER BY o.release_seq, o.place";

}  // namespace

Result<std::vector<OutboxRow>> JournalReader::outbox(const OutboxQuery& query) const {
  return guarded([&] {
    Rows rows = db_.query(query.all ? kAll : kUnsent, query.from.value_or(Instant{kEarliest}),
                          query.to.value_or(Instant{kLatest}));
    std::vector<OutboxRow> found;
    while (rows.next()) {
      OutboxRow row;
      row.id = {rows.integer(0), rows.number(1)};
      row.parcel = rows.text(2);
      row.order = rows.key(3);
      row.carrier = rows.text(6);
      row.number = rows.text(7);
      row.released_at = rows.time(8);
      row.file = rows.text(9);
      row.delivery = rows.text(10);
      row.status = rows.number(11);
      row.reason = rows.text(12);
      row.ended_at = rows.maybe_time(13);
      if (query.all || row.is_unsent()) found.push_back(std::move(row));
    }
    return found;
  });
}

}  // namespace packbench::store
