#include "store/schema.h"

namespace packbench::store {

// Times are microseconds since 1970-01-01 UTC. An order's key is always its three columns. Every
// table after `snapshot` is projected from the records and can be rebuilt from them.
const char* const journal_schema = R"sql(
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened. seq counts from 1 without gaps; records of one decision share batch.
CREATE TABLE record (
  seq INTEGER PRIMARY KEY,
  bench TEXT NOT NULL,
  batch INTEGER NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  op TEXT NOT NULL,
  wall_us INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  boot_us INTEGER NOT NULL,
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- The Station after record seq, signed; a start reads on from the newest.
CREATE TABLE snapshot (
  seq INTEGER PRIMARY KEY,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  head BLOB NOT NULL,
  pickups INTEGER NOT NULL,
  mac BLOB NOT NULL
) STRICT;

CREATE TABLE shift (
  id INTEGER PRIMARY KEY,
  opened_us INTEGER NOT NULL,
  closed_us INTEGER
) STRICT;
CREATE INDEX shift_open ON shift (id) WHERE closed_us IS NULL;

-- How often what happened in a quarter of an hour; the metrics stand in store/figures.h.
CREATE TABLE tally (
  shift INTEGER NOT NULL,
  quarter_us INTEGER NOT NULL,
  op TEXT NOT NULL,
  metric TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (shift, quarter_us, op, metric)
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_by_time ON tally (quarter_us);

-- Orders that are packed together, in one or more parcels.
CREATE TABLE work (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'parked', 'finished', 'abandoned')),
  opened_by TEXT NOT NULL,
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  source TEXT NOT NULL,
  op TEXT NOT NULL,
  parcel TEXT,                       -- the one that is being filled
  started_us INTEGER NOT NULL,
  ended_us INTEGER
) STRICT, WITHOUT ROWID;
-- A bench has one work on it.
CREATE UNIQUE INDEX work_open ON work (state) WHERE state = 'open';

CREATE TABLE work_order (
  work TEXT NOT NULL REFERENCES work (id),
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  place INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  paid_minor INTEGER, currency TEXT,
  ship_by_us INTEGER, last_visit_us INTEGER,
  PRIMARY KEY (work, platform, shop, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_order_by_order ON work_order (platform, shop, number);

-- The pieces that make one unit of a line: the product itself, or a kit's components.
CREATE TABLE work_part (
  work TEXT NOT NULL REFERENCES work (id),
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  line INTEGER NOT NULL,
  part INTEGER NOT NULL,
  sku TEXT NOT NULL,
  per_unit INTEGER NOT NULL,
  PRIMARY KEY (work, platform, shop, number, line, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE parcel (
  id TEXT PRIMARY KEY,
  work TEXT NOT NULL REFERENCES work (id),
  idx INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'labelled', 'verified', 'staged', 'picked_up',
                                       'confirmed', 'voided')),
  carrier TEXT NOT NULL DEFAULT '',
  service TEXT NOT NULL DEFAULT '',
  number TEXT NOT NULL DEFAULT '',
  weight_g INTEGER,
  weight_within INTEGER NOT NULL DEFAULT 1,
  shift INTEGER NOT NULL DEFAULT 0,  -- in which it was staged
  packed_by TEXT NOT NULL DEFAULT '',
  picked_up_by TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',   -- why it was voided
  started_us INTEGER NOT NULL,
  labelled_us INTEGER, verified_us INTEGER, staged_us INTEGER,
  picked_up_us INTEGER, confirmed_us INTEGER, voided_us INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_by_work ON parcel (work);
CREATE INDEX parcel_unconfirmed ON parcel (state) WHERE state NOT IN ('confirmed', 'voided');
CREATE INDEX parcel_confirmed ON parcel (confirmed_us) WHERE confirmed_us IS NOT NULL;

-- Pieces in the box, and the whole units that they make.
CREATE TABLE parcel_part (
  parcel TEXT NOT NULL REFERENCES parcel (id),
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  line INTEGER NOT NULL,
  part INTEGER NOT NULL,
  pieces INTEGER NOT NULL CHECK (pieces > 0),
  PRIMARY KEY (parcel, platform, shop, number, line, part)
) STRICT, WITHOUT ROWID;
CREATE TABLE parcel_content (
  parcel TEXT NOT NULL REFERENCES parcel (id),
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  line INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (parcel, platform, shop, number, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_content_by_order ON parcel_content (platform, shop, number);

-- The confirmation of an order for a staged parcel.
CREATE TABLE parcel_order (
  parcel TEXT NOT NULL REFERENCES parcel (id),
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('none', 'held', 'released', 'sent', 'stopped')),
  release_seq INTEGER REFERENCES record (seq),
  PRIMARY KEY (parcel, platform, shop, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_order_by_order ON parcel_order (platform, shop, number);

-- Every scan or choice that put something into a box. in_box: what of it is still there.
CREATE TABLE item (
  seq INTEGER NOT NULL REFERENCES record (seq),
  parcel TEXT NOT NULL REFERENCES parcel (id),
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  line INTEGER NOT NULL,
  part INTEGER NOT NULL,
  sku TEXT NOT NULL,
  pieces INTEGER NOT NULL,
  in_box INTEGER NOT NULL CHECK (in_box BETWEEN 0 AND pieces),
  state TEXT NOT NULL CHECK (state IN ('in', 'undone', 'damaged', 'differs', 'short', 'stopped',
                                       'abandoned')),
  manual INTEGER NOT NULL,
  code TEXT NOT NULL, lot TEXT NOT NULL, serial TEXT NOT NULL, expiry TEXT NOT NULL,
  op TEXT NOT NULL,
  at_us INTEGER NOT NULL,
  PRIMARY KEY (parcel, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_by_serial ON item (serial, sku) WHERE serial <> '';

CREATE TABLE parcel_check (
  parcel TEXT NOT NULL REFERENCES parcel (id),
  id TEXT NOT NULL,
  place INTEGER NOT NULL,
  blocks TEXT NOT NULL CHECK (blocks IN ('print', 'staging')),
  answer TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'pass', 'fail', 'na', 'overridden')),
  reason TEXT NOT NULL DEFAULT '',
  material TEXT NOT NULL DEFAULT '',
  op TEXT NOT NULL DEFAULT '',
  answered_us INTEGER,
  PRIMARY KEY (parcel, id)
) STRICT, WITHOUT ROWID;

-- Each print of a parcel's label; attempts of a parcel never repeat.
CREATE TABLE label_attempt (
  parcel TEXT NOT NULL REFERENCES parcel (id),
  attempt INTEGER NOT NULL,
  carrier TEXT NOT NULL, number TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('requested', 'intent', 'sent', 'printed', 'rejected',
                                       'unknown', 'answered_no', 'verified', 'void')),
  hash TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',       -- why it was asked for, or how it ended
  void_reason TEXT NOT NULL DEFAULT '',
  requested_us INTEGER, sent_us INTEGER, ended_us INTEGER, verified_us INTEGER,
  PRIMARY KEY (parcel, attempt)
) STRICT, WITHOUT ROWID;

-- Numbers that were ever given to a parcel: never again to another, a void one neither.
CREATE TABLE waybill (
  carrier TEXT NOT NULL,
  number TEXT NOT NULL,
  parcel TEXT NOT NULL REFERENCES parcel (id),
  state TEXT NOT NULL CHECK (state IN ('live', 'void')),
  source TEXT NOT NULL,
  assigned_us INTEGER NOT NULL,
  voided_us INTEGER,
  PRIMARY KEY (carrier, number)
) STRICT, WITHOUT ROWID;
-- One live label per parcel.
CREATE UNIQUE INDEX waybill_live ON waybill (parcel) WHERE state = 'live';
CREATE INDEX waybill_by_parcel ON waybill (parcel);
CREATE INDEX waybill_by_number ON waybill (number);

-- The last number taken from a carrier's range.
CREATE TABLE range_cursor (
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  number TEXT NOT NULL,
  PRIMARY KEY (carrier, service)
) STRICT, WITHOUT ROWID;

CREATE TABLE manifest (
  id TEXT PRIMARY KEY,
  carrier TEXT NOT NULL,
  courier TEXT NOT NULL,
  op TEXT NOT NULL,
  opened_us INTEGER NOT NULL,
  closed_us INTEGER,
  picked_up INTEGER NOT NULL DEFAULT 0,
  left_behind INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- The pickup scan, without which nothing is confirmed. settled: its confirmation is released.
CREATE TABLE pickup (
  parcel TEXT PRIMARY KEY REFERENCES parcel (id),
  manifest TEXT NOT NULL REFERENCES manifest (id),
  record_seq INTEGER NOT NULL UNIQUE REFERENCES record (seq),
  settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1))
) STRICT;
CREATE INDEX pickup_unsettled ON pickup (parcel) WHERE settled = 0;

CREATE TABLE order_state (
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  packed_work TEXT,                  -- that packed all of it
  stopped INTEGER NOT NULL DEFAULT 0,
  held_code TEXT, held_detail TEXT,
  released_revision INTEGER NOT NULL DEFAULT -1,
  PRIMARY KEY (platform, shop, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_state_by_number ON order_state (number);

-- What befell an order besides packing.
CREATE TABLE order_event (
  seq INTEGER PRIMARY KEY REFERENCES record (seq),
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('short', 'damaged', 'differs', 'held', 'stopped',
                                     'released')),
  line INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  detail TEXT NOT NULL,
  op TEXT NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX order_event_by_order ON order_event (platform, shop, number, seq);

-- Confirmations on their way to the platform; a (parcel, order) is released once.
CREATE TABLE outbox (
  parcel TEXT NOT NULL REFERENCES parcel (id),
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  release_seq INTEGER NOT NULL REFERENCES record (seq),
  place INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('released', 'sent')),
  file TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (parcel, platform, shop, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_release ON outbox (release_seq, place);
)sql";

// These hold for everybody who writes to the file, the sqlite3 tool too, which has foreign keys
// off. A record cannot be changed, and nothing is confirmed without a pickup scan.
const char* const journal_gate = R"sql(
CREATE TRIGGER record_next BEFORE INSERT ON record
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM record)
BEGIN SELECT RAISE(ABORT, 'packbench: records are only ever added, one after the other'); END;
CREATE TRIGGER record_kept BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'packbench: a record is never changed'); END;
CREATE TRIGGER record_stays BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'packbench: a record is never deleted'); END;

CREATE TRIGGER pickup_recorded BEFORE INSERT ON pickup
WHEN NOT EXISTS (SELECT 1 FROM record WHERE seq = NEW.record_seq AND kind = 'parcel_picked_up'
                   AND json_extract(payload, '$.parcel') = NEW.parcel
                   AND json_extract(payload, '$.manifest') = NEW.manifest)
  OR EXISTS (SELECT 1 FROM record WHERE seq > NEW.record_seq AND kind = 'pickup_undone'
               AND json_extract(payload, '$.parcel') = NEW.parcel)
BEGIN SELECT RAISE(ABORT, 'packbench: no pickup without its record'); END;
CREATE TRIGGER pickup_kept BEFORE UPDATE ON pickup
WHEN NEW.parcel IS NOT OLD.parcel OR NEW.manifest IS NOT OLD.manifest
  OR NEW.record_seq IS NOT OLD.record_seq OR OLD.settled = 1
BEGIN SELECT RAISE(ABORT, 'packbench: a pickup is never changed'); END;
CREATE TRIGGER pickup_stays BEFORE DELETE ON pickup
WHEN OLD.settled = 1
  OR NOT EXISTS (SELECT 1 FROM record WHERE seq > OLD.record_seq AND kind = 'pickup_undone'
                   AND json_extract(payload, '$.parcel') = OLD.parcel)
BEGIN SELECT RAISE(ABORT, 'packbench: a pickup is undone by its record only'); END;

CREATE TRIGGER parcel_gate_insert BEFORE INSERT ON parcel
WHEN (NEW.state IN ('picked_up', 'confirmed') OR NEW.confirmed_us IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM pickup WHERE parcel = NEW.id)
BEGIN SELECT RAISE(ABORT, 'packbench: no pickup scan, no confirmation'); END;
CREATE TRIGGER parcel_gate_update BEFORE UPDATE ON parcel
WHEN (NEW.state IN ('picked_up', 'confirmed') OR NEW.confirmed_us IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM pickup WHERE parcel = NEW.id)
BEGIN SELECT RAISE(ABORT, 'packbench: no pickup scan, no confirmation'); END;

CREATE TRIGGER parcel_order_gate_insert BEFORE INSERT ON parcel_order
WHEN NEW.state IN ('held', 'released', 'sent')
  AND NOT EXISTS (SELECT 1 FROM pickup WHERE parcel = NEW.parcel)
BEGIN SELECT RAISE(ABORT, 'packbench: no pickup scan, no confirmation'); END;
CREATE TRIGGER parcel_order_gate_update BEFORE UPDATE ON parcel_order
WHEN NEW.state IN ('held', 'released', 'sent')
  AND NOT EXISTS (SELECT 1 FROM pickup WHERE parcel = NEW.parcel)
BEGIN SELECT RAISE(ABORT, 'packbench: no pickup scan, no confirmation'); END;

CREATE TRIGGER outbox_gate_insert BEFORE INSERT ON outbox
WHEN NOT EXISTS (SELECT 1 FROM pickup WHERE parcel = NEW.parcel)
BEGIN SELECT RAISE(ABORT, 'packbench: no pickup scan, no confirmation'); END;
CREATE TRIGGER outbox_gate_update BEFORE UPDATE ON outbox
WHEN NOT EXISTS (SELECT 1 FROM pickup WHERE parcel = NEW.parcel)
BEGIN SELECT RAISE(ABORT, 'packbench: no pickup scan, no confirmation'); END;

-- REPLACE would delete without asking the trigger above.
CREATE TRIGGER outbox_once BEFORE INSERT ON outbox
WHEN EXISTS (SELECT 1 FROM outbox WHERE parcel = NEW.parcel AND platform = NEW.platform
               AND shop = NEW.shop AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'packbench: a confirmation is released once'); END;
CREATE TRIGGER pickup_once BEFORE INSERT ON pickup
WHEN EXISTS (SELECT 1 FROM pickup WHERE parcel = NEW.parcel OR record_seq = NEW.record_seq)
BEGIN SELECT RAISE(ABORT, 'packbench: a parcel is picked up once'); END;

CREATE TRIGGER waybill_once BEFORE INSERT ON waybill
WHEN EXISTS (SELECT 1 FROM waybill WHERE carrier = NEW.carrier AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'packbench: a waybill number is used once'); END;
CREATE TRIGGER waybill_void BEFORE UPDATE ON waybill
WHEN OLD.state = 'void' AND NEW.state <> 'void'
BEGIN SELECT RAISE(ABORT, 'packbench: a void waybill number stays void'); END;

CREATE TRIGGER order_packed_once BEFORE UPDATE ON order_state
WHEN OLD.packed_work IS NOT NULL AND NEW.packed_work IS NOT OLD.packed_work
BEGIN SELECT RAISE(ABORT, 'packbench: an order is packed once'); END;
)sql";

const std::array<ProjectedTable, 26> projected_tables = {{
    {"shift", "id", 1},
    {"tally", "shift, quarter_us, op, metric", 4},
    {"work", "id", 1},
    {"work_order", "work, platform, shop, number", 4},
    {"work_part", "work, platform, shop, number, line, part", 6},
    {"parcel", "id", 1},
    {"parcel_part", "parcel, platform, shop, number, line, part", 6},
    {"parcel_content", "parcel, platform, shop, number, line", 5},
    {"parcel_order", "parcel, platform, shop, number", 4},
    {"item", "parcel, seq", 2},
    {"parcel_check", "parcel, id", 2},
    {"label_attempt", "parcel, attempt", 2},
    {"waybill", "carrier, number", 2},
    {"range_cursor", "carrier, service", 2},
    {"manifest", "id", 1},
    {"pickup", "parcel", 1},
    {"order_state", "platform, shop, number", 3},
    {"order_event", "seq", 1},
    {"outbox", "parcel, platform, shop, number", 4},
    {"waybill_return", "carrier, number", 2},
    {"gift_card", "seq", 1},
    {"parcel_trace", "parcel", 1},
    {"watch", "parcel", 1},
    {"parcel_event", "seq", 1},
    {"manifest_event", "seq", 1},
    {"delivery", "release_seq, place", 2},
}};

}  // namespace packbench::store
