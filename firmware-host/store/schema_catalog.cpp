#include "store/schema.h"

namespace packbench::store {

// Times are microseconds since 1970-01-01 UTC.
const char* const catalog_schema = R"sql(
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- An order as it was last imported; what stop lists say of it stands in `stop`.
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),  -- the Order without its person
  sealed_person TEXT NOT NULL,                  -- see seal.h
  person_tag BLOB NOT NULL,       -- keyed with the order's key: tells a changed person
  revision INTEGER NOT NULL,      -- counts every change from outside
  promised_us INTEGER, paid_us INTEGER,
  opens INTEGER NOT NULL,         -- an item may open it
  single_item INTEGER NOT NULL,   -- one line of one piece
  UNIQUE (platform, shop, number)
) STRICT;
CREATE INDEX orders_by_number ON orders (number);

CREATE TABLE order_line (
  sku TEXT NOT NULL,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  PRIMARY KEY (sku, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_line_by_order ON order_line (order_id);

-- line 0: the whole order. In force whatever later imports of the order say.
CREATE TABLE stop (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (order_id, line, reason)
) STRICT, WITHOUT ROWID;

-- Totes, pick slips, waves.
CREATE TABLE alias (
  code TEXT NOT NULL,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  PRIMARY KEY (code, order_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE product (
  sku TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;

-- GTINs with 14 digits, other codes as they are.
CREATE TABLE product_barcode (
  code TEXT NOT NULL,
  sku TEXT NOT NULL REFERENCES product (sku),
  pieces INTEGER NOT NULL,
  PRIMARY KEY (code, sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_barcode_by_sku ON product_barcode (sku);

CREATE TABLE product_component (
  component TEXT NOT NULL,
  kit TEXT NOT NULL REFERENCES product (sku),
  PRIMARY KEY (component, kit)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_component_by_kit ON product_component (kit);

-- Numbers that may be given to parcels, used ones too: the journal knows which. order_number empty:
-- from the carrier's range, in the order of id.
CREATE TABLE waybill_offer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  number TEXT NOT NULL,
  platform TEXT NOT NULL, shop TEXT NOT NULL, order_number TEXT NOT NULL,
  route_code TEXT NOT NULL,
  consolidation TEXT NOT NULL,
  expires_us INTEGER,
  label_file TEXT NOT NULL,
  consolidation_code TEXT NOT NULL DEFAULT '',
  sorting_mark TEXT NOT NULL DEFAULT '',
  UNIQUE (carrier, number)
) STRICT;
CREATE INDEX waybill_offer_by_number ON waybill_offer (number);
CREATE INDEX waybill_offer_by_order ON waybill_offer (order_number) WHERE order_number <> '';
-- Holds all that counting what is left asks for, or each number would be looked up in the table.
CREATE INDEX waybill_offer_range ON waybill_offer (carrier, service, id, expires_us, order_number)
  WHERE order_number = '';
CREATE INDEX waybill_offer_expiry ON waybill_offer (expires_us) WHERE expires_us IS NOT NULL;

CREATE TABLE operator (
  badge TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  pin_hash TEXT NOT NULL          -- Argon2id; empty: no PIN
) STRICT, WITHOUT ROWID;

CREATE TABLE visit (
  carrier TEXT NOT NULL,
  weekday INTEGER NOT NULL,       -- Monday 1 ... Sunday 7
  minute INTEGER NOT NULL,        -- of the local day
  PRIMARY KEY (carrier, weekday, minute)
) STRICT, WITHOUT ROWID;

-- What the bench must hear of, in the order of id; it keeps its place in its own journal.
CREATE TABLE feed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('status', 'line_status', 'changed', 'stop')),
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  reason TEXT NOT NULL,
  line INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
)sql";

const char* const catalog_upgrade_2 = R"sql(
ALTER TABLE waybill_offer ADD COLUMN consolidation_code TEXT NOT NULL DEFAULT '';
ALTER TABLE waybill_offer ADD COLUMN sorting_mark TEXT NOT NULL DEFAULT '';
DROP INDEX waybill_offer_range;
CREATE INDEX waybill_offer_range ON waybill_offer (carrier, service, id, expires_us, order_number)
  WHERE order_number = '';
CREATE INDEX waybill_offer_expiry ON waybill_offer (expires_us) WHERE expires_us IS NOT NULL;
)sql";

const char* const catalog_traces = R"sql(
-- What carriers reported, without telephone numbers; the state is what the rules made of it at its last import.
CREATE TABLE trace (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  at_us INTEGER NOT NULL,
  carrier TEXT NOT NULL,          -- empty: not said
  text TEXT NOT NULL,
  status TEXT NOT NULL,
  state TEXT NOT NULL,
  UNIQUE (number, at_us, carrier, text, status)
) STRICT;
CREATE INDEX trace_unknown ON trace (id) WHERE state = 'unknown';
)sql";

const char* const catalog_trace_feed = R"sql(
-- A row of kind trace names no order; its carrier's report is `trace`.
CREATE TABLE feed_5 (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('status', 'line_status', 'changed', 'stop', 'trace',
                                     'retry')),
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  reason TEXT NOT NULL,
  line INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  trace INTEGER REFERENCES trace (id)
) STRICT;
INSERT INTO feed_5 SELECT id, kind, platform, shop, number, reason, line, revision, NULL FROM feed;
DROP TABLE feed;
ALTER TABLE feed_5 RENAME TO feed;
-- What was imported before is told now.
INSERT INTO feed (kind, platform, shop, number, reason, line, revision, trace)
  SELECT 'trace', '', '', '', '', 0, 0, id FROM trace WHERE state <> 'unknown' ORDER BY id;
)sql";

const char* const catalog_waiting = R"sql(
-- Orders that nobody may have begun with: what their list asks of them, without the body. A row goes
-- when an import hears from the journal that its order is packed or stopped; until then the journal
-- is asked by who reads it.
CREATE TABLE waiting_order (
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  promised_us INTEGER, paid_us INTEGER,
  stopped INTEGER NOT NULL,       -- cancelled or refunded before anybody began with it
  PRIMARY KEY (platform, shop, number)
) STRICT, WITHOUT ROWID;
INSERT INTO waiting_order SELECT platform, shop, number, id, promised_us, paid_us,
    coalesce(json_extract(body, '$.status') IN ('refunded', 'cancelled'), 0)
    OR EXISTS (SELECT 1 FROM stop WHERE order_id = orders.id AND line = 0
                 AND reason IN ('refunded', 'cancelled'))
  FROM orders;
)sql";

const char* const catalog_stop_regions = R"sql(
-- Where a carrier does not go; a later import of the same beginning moves its end.
CREATE TABLE stop_region (
  carrier TEXT NOT NULL,
  region TEXT NOT NULL,
  from_us INTEGER NOT NULL,
  to_us INTEGER NOT NULL,         -- the first moment behind it
  reason TEXT NOT NULL,
  PRIMARY KEY (carrier, region, from_us)
) STRICT, WITHOUT ROWID;
)sql";

// Apart from everything that is copied or backed up with the orders.
const char* const keys_schema = R"sql(
-- The site's own key, for tokens that tell equal addresses without naming them.
CREATE TABLE site_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

-- key NULL: erased, and with it the person.
CREATE TABLE person_key (
  platform TEXT NOT NULL, shop TEXT NOT NULL, number TEXT NOT NULL,
  key BLOB CHECK (length(key) = 32),
  PRIMARY KEY (platform, shop, number)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace packbench::store
