#include "store/figures.h"

#include "store/database.h"
#include "store/journal_reader.h"

namespace packbench::store {
namespace {

std::vector<TallyRow> tally_rows(Rows rows) {
  std::vector<TallyRow> found;
  while (rows.next()) {
    found.push_back({rows.integer(0), rows.time(1), rows.text(2), rows.text(3), rows.integer(4)});
  }
  return found;
}

}  // namespace

Result<std::vector<ShiftRow>> JournalReader::shifts() const {
  return guarded([&] {
    Rows rows = db_.query("SELECT id, opened_us, closed_us FROM shift ORDER BY id DESC");
    std::vector<ShiftRow> found;
    while (rows.next()) found.push_back({rows.integer(0), rows.time(1), rows.maybe_time(2)});
    return found;
  });
}

Result<std::vector<TallyRow>> JournalReader::tally_of_shift(std::int64_t shift) const {
  return guarded([&] {
    return tally_rows(
        db_.query("SELECT shift, quarter_us, op, metric, count FROM tally"
                  " WHERE shift = ? ORDER BY quarter_us, op, metric",
                  shift));
  });
}

Result<std::vector<TallyRow>> JournalReader::tally_between(Instant from, Instant to) const {
  return guarded([&] {
    return tally_rows(
        db_.query("SELECT shift, quarter_us, op, metric, count FROM tally"
                  " WHERE quarter_us >= ? AND quarter_us < ? ORDER BY quarter_us, op, metric",
                  from, to));
  });
}

}  // namespace packbench::store
