#include "store/schema.h"

namespace packbench::store {

namespace {

// Numbers on their way back to their carrier.
constexpr const char* kReturns = R"sql(
CREATE TABLE waybill_return (
  carrier TEXT NOT NULL,
  number TEXT NOT NULL,
  service TEXT NOT NULL,
  parcel TEXT NOT NULL REFERENCES parcel (id),
  reason TEXT NOT NULL,
  return_seq INTEGER NOT NULL UNIQUE REFERENCES record (seq),
  returned_us INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('returned', 'sent')),
  file TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (carrier, number)
) STRICT, WITHOUT ROWID;

-- A live number is still needed, and one that the courier took under it is used.
CREATE TRIGGER waybill_return_gate BEFORE INSERT ON waybill_return
WHEN NOT EXISTS (SELECT 1 FROM waybill WHERE carrier = NEW.carrier AND number = NEW.number
                   AND parcel = NEW.parcel AND state = 'void')
  OR EXISTS (SELECT 1 FROM pickup WHERE parcel = NEW.parcel)
  OR NOT EXISTS (SELECT 1 FROM record WHERE seq = NEW.return_seq AND kind = 'waybill_returned'
                   AND json_extract(payload, '$.carrier') = NEW.carrier
                   AND json_extract(payload, '$.number') = NEW.number)
BEGIN SELECT RAISE(ABORT, 'packbench: only a void number that was never picked up goes back'); END;
CREATE TRIGGER waybill_return_once BEFORE INSERT ON waybill_return
WHEN EXISTS (SELECT 1 FROM waybill_return
               WHERE (carrier = NEW.carrier AND number = NEW.number)
                  OR return_seq = NEW.return_seq)
BEGIN SELECT RAISE(ABORT, 'packbench: a number goes back once'); END;
CREATE TRIGGER waybill_return_kept BEFORE UPDATE ON waybill_return
WHEN NEW.carrier IS NOT OLD.carrier OR NEW.number IS NOT OLD.number
  OR NEW.return_seq IS NOT OLD.return_seq OR OLD.state = 'sent'
BEGIN SELECT RAISE(ABORT, 'packbench: a number goes back once'); END;
CREATE TRIGGER waybill_return_stays BEFORE DELETE ON waybill_return
BEGIN SELECT RAISE(ABORT, 'packbench: a number that went back is never forgotten'); END;
)sql";

// What became of the cards with gift messages.
constexpr const char* kCards = R"sql(
CREATE TABLE gift_card (
  seq INTEGER PRIMARY KEY REFERENCES record (seq),
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('printed', 'rejected', 'unprintable', 'unknown')),
  reason TEXT NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX gift_card_by_order ON gift_card (platform, shop, number, seq);
)sql";

}  // namespace

const std::array<const char*, journal_format - journal_oldest> journal_upgrades = {kReturns,
                                                                                   kCards};

}  // namespace packbench::store
