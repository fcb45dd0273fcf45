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

// What carriers report, and who must still be looked after. The pickup's evidence is the scan at
// the dock or the carrier's own trace, which a supervisor accepted.
constexpr const char* kTraces = R"sql(
-- The earliest trace of each kind, by the carrier's clock; first: of any kind.
CREATE TABLE parcel_trace (
  parcel TEXT PRIMARY KEY REFERENCES parcel (id),
  picked_up_us INTEGER, in_transit_us INTEGER, hub_us INTEGER, out_for_delivery_us INTEGER,
  delivered_us INTEGER, failed_us INTEGER, returned_us INTEGER,
  first_us INTEGER NOT NULL,
  last_us INTEGER NOT NULL,
  last_state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Parcels whose road at the bench is over and which somebody must still look after: on their way
-- until a hub has them, stopped and still on the shelf, or to be fetched back from the carrier.
CREATE TABLE watch (
  parcel TEXT PRIMARY KEY REFERENCES parcel (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE parcel_event (
  seq INTEGER PRIMARY KEY REFERENCES record (seq),
  parcel TEXT NOT NULL REFERENCES parcel (id),
  kind TEXT NOT NULL CHECK (kind IN ('trace_accepted', 'refused_by_courier', 'returned',
                                     'settled')),
  detail TEXT NOT NULL,
  op TEXT NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX parcel_event_by_parcel ON parcel_event (parcel, seq);

-- Incidents of a courier's visit.
CREATE TABLE manifest_event (
  seq INTEGER PRIMARY KEY REFERENCES record (seq),
  manifest TEXT NOT NULL REFERENCES manifest (id),
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  op TEXT NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX manifest_event_by_manifest ON manifest_event (manifest, seq);
ALTER TABLE manifest ADD COLUMN counted INTEGER;  -- by the courier
-- Its records: what is between them is looked through for its pickups.
ALTER TABLE manifest ADD COLUMN opened_seq INTEGER;
ALTER TABLE manifest ADD COLUMN closed_seq INTEGER;
UPDATE manifest SET opened_seq = r.seq FROM
  (SELECT seq, json_extract(payload, '$.manifest') AS id FROM record
   WHERE kind = 'handover_opened') r WHERE r.id = manifest.id;
UPDATE manifest SET closed_seq = r.seq FROM
  (SELECT seq, json_extract(payload, '$.manifest') AS id FROM record
   WHERE kind = 'manifest_closed') r WHERE r.id = manifest.id;

INSERT INTO watch SELECT parcel FROM pickup
  UNION SELECT id FROM parcel WHERE state = 'voided' AND staged_us IS NOT NULL;
DROP TRIGGER pickup_recorded;
CREATE TRIGGER pickup_recorded BEFORE INSERT ON pickup
WHEN NOT EXISTS (SELECT 1 FROM record WHERE seq = NEW.record_seq
                   AND kind IN ('parcel_picked_up', 'trace_accepted')
                   AND json_extract(payload, '$.parcel') = NEW.parcel
                   AND json_extract(payload, '$.manifest') = NEW.manifest)
  OR EXISTS (SELECT 1 FROM record WHERE seq > NEW.record_seq AND kind = 'pickup_undone'
               AND json_extract(payload, '$.parcel') = NEW.parcel)
BEGIN SELECT RAISE(ABORT, 'packbench: no pickup without its record'); END;
)sql";

// Confirmations that are sent by HTTP.
constexpr const char* kDeliveries = R"sql(
-- place: of the confirmation in its release, as in the outbox.
CREATE TABLE delivery (
  release_seq INTEGER NOT NULL REFERENCES record (seq),
  place INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'refused')),
  status INTEGER NOT NULL DEFAULT 0,  -- of HTTP, where it has ended
  reason TEXT NOT NULL DEFAULT '',    -- the server's own words
  ended_us INTEGER,
  PRIMARY KEY (release_seq, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_open ON delivery (release_seq, place) WHERE state <> 'delivered';
CREATE INDEX outbox_unwritten ON outbox (release_seq) WHERE state = 'released';

CREATE TRIGGER delivery_gate BEFORE INSERT ON delivery
WHEN NOT EXISTS (SELECT 1 FROM outbox WHERE release_seq = NEW.release_seq AND place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'packbench: only what was released is delivered'); END;
CREATE TRIGGER delivery_once BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM delivery WHERE release_seq = NEW.release_seq AND place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'packbench: a confirmation is delivered once'); END;
CREATE TRIGGER delivery_kept BEFORE UPDATE ON delivery
WHEN NEW.release_seq IS NOT OLD.release_seq OR NEW.place IS NOT OLD.place
  OR OLD.state = 'delivered'
BEGIN SELECT RAISE(ABORT, 'packbench: a confirmation is delivered once'); END;
CREATE TRIGGER delivery_stays BEFORE DELETE ON delivery
BEGIN SELECT RAISE(ABORT, 'packbench: a delivery is never forgotten'); END;
)sql";

// Few orders are stopped, held or on the bench: who reads where everything stands asks these only.
constexpr const char* kWaiting = R"sql(
CREATE INDEX order_state_waits ON order_state (platform, shop, number)
  WHERE stopped = 1 OR held_code IS NOT NULL;
CREATE INDEX work_unfinished ON work (id) WHERE state IN ('open', 'parked');
-- A carrier's word that it came back had put boxes here that stand on the shelf.
DELETE FROM watch WHERE parcel IN
  (SELECT id FROM parcel WHERE state NOT IN ('picked_up', 'confirmed', 'voided'));
)sql";

// Whoever reads where everything stands asks all of these columns of what is on the bench or the
// shelf: a scan of the index alone. What an order's service promised costs when it is missed.
constexpr const char* kStanding = R"sql(
DROP INDEX parcel_unconfirmed;
CREATE INDEX parcel_here ON parcel (state, id, work, carrier, number, packed_by, started_us,
    labelled_us, staged_us, picked_up_us, confirmed_us, voided_us)
  WHERE state NOT IN ('picked_up', 'confirmed', 'voided');
ALTER TABLE work_order ADD COLUMN service TEXT NOT NULL DEFAULT 'standard';
UPDATE work_order SET service = r.service FROM
  (SELECT json_extract(payload, '$.work') AS work,
          json_extract(o.value, '$.order.key.platform') AS platform,
          json_extract(o.value, '$.order.key.shop') AS shop,
          json_extract(o.value, '$.order.key.number') AS number,
          json_extract(o.value, '$.order.service') AS service
   FROM record, json_each(payload, '$.orders') o WHERE kind = 'packing_started') r
  WHERE r.work = work_order.work AND r.platform = work_order.platform
    AND r.shop = work_order.shop AND r.number = work_order.number AND r.service <> 'standard';
ALTER TABLE order_state ADD COLUMN line_stopped INTEGER NOT NULL DEFAULT 0;
DROP INDEX order_state_waits;
CREATE INDEX order_state_waits ON order_state (platform, shop, number)
  WHERE stopped = 1 OR held_code IS NOT NULL OR line_stopped = 1;
-- A return that was told of after a later delivery had not been watched.
INSERT INTO watch SELECT t.parcel FROM parcel_trace t JOIN parcel p ON p.id = t.parcel
  WHERE t.returned_us IS NOT NULL AND p.state IN ('picked_up', 'confirmed', 'voided')
    AND NOT EXISTS (SELECT 1 FROM parcel_event e WHERE e.parcel = t.parcel
                      AND e.kind IN ('returned', 'settled'))
  ON CONFLICT DO NOTHING;
)sql";

// An order of which a line was refunded may have it in a box for as long as that is here, whatever
// a supervisor let go on.
constexpr const char* kRefundedLines = R"sql(
UPDATE order_state SET line_stopped = 1 WHERE EXISTS
  (SELECT 1 FROM order_event e WHERE e.platform = order_state.platform
     AND e.shop = order_state.shop AND e.number = order_state.number
     AND e.kind = 'stopped' AND e.line > 0);
)sql";

}  // namespace

const std::array<const char*, journal_format - journal_oldest> journal_upgrades = {
    kReturns, kCards, kTraces, kDeliveries, kWaiting, kStanding, kRefundedLines};

}  // namespace packbench::store
