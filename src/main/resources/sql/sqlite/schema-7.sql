-- From version 6: alerts of one cause are an incident. SQLite adds columns at the end of a table's text alone, so it is made anew.
-- Alerts of one cause. Of one key at most one is open. The times since, last and recovered_at are the events' own.
CREATE TABLE incident (
  id              INTEGER PRIMARY KEY,
  key             TEXT    NOT NULL,
  rule            TEXT    NOT NULL,
  source          TEXT    NOT NULL,
  project         TEXT    NOT NULL,
  labels          TEXT    NOT NULL,
  folded          INTEGER NOT NULL,
  state           TEXT    NOT NULL CHECK (state IN ('open', 'closed')),
  severity        TEXT    NOT NULL,
  count           INTEGER NOT NULL,
  late            INTEGER NOT NULL,
  recoveries      INTEGER NOT NULL,
  pruned          INTEGER NOT NULL DEFAULT 0,
  since           INTEGER NOT NULL,
  last            INTEGER NOT NULL,
  recovered_at    INTEGER NOT NULL,
  last_event      INTEGER NOT NULL,
  texts           TEXT    NOT NULL,
  samples         TEXT    NOT NULL,
  opened_at       INTEGER NOT NULL,
  touched_at      INTEGER NOT NULL,
  repeated_at     INTEGER NOT NULL,
  closed_at       INTEGER,
  reason          TEXT,
  closed_by       TEXT,
  acknowledged_at INTEGER,
  acknowledged_by TEXT,
  comment         TEXT,
  group_wait      INTEGER NOT NULL,
  group_interval  INTEGER NOT NULL,
  repeat_interval INTEGER,
  resolve_after   INTEGER,
  recovers        INTEGER NOT NULL,
  unless          TEXT,
  silence_id      INTEGER,
  inhibited       INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX incident_open ON incident (key) WHERE state = 'open';
CREATE INDEX incident_key ON incident (key, id);
CREATE INDEX incident_rule ON incident (rule, source, project) WHERE state = 'open';

-- An event's alert that joined an incident.
CREATE TABLE alert (
  event_id    INTEGER NOT NULL,
  incident_id INTEGER NOT NULL,
  PRIMARY KEY (event_id, incident_id)
) WITHOUT ROWID;
CREATE INDEX alert_incident ON alert (incident_id, event_id);

CREATE TABLE delivery_7 (
  id           INTEGER PRIMARY KEY,
  event_id     INTEGER NOT NULL REFERENCES event (id),
  sink         TEXT    NOT NULL,
  destination  TEXT    NOT NULL,
  rule         TEXT    NOT NULL,
  severity     TEXT    NOT NULL,
  resolve      INTEGER NOT NULL,
  incident     TEXT    NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('waiting', 'delivered', 'suppressed', 'dead', 'discarded')),
  fresh        INTEGER NOT NULL DEFAULT 1,
  attempts     INTEGER NOT NULL DEFAULT 0,
  replays      INTEGER NOT NULL DEFAULT 0,
  since        INTEGER NOT NULL,
  due_at       INTEGER NOT NULL,
  leased_until INTEGER NOT NULL DEFAULT 0,
  ended_at     INTEGER,
  reason       TEXT,
  incident_id  INTEGER,
  told_count   INTEGER NOT NULL DEFAULT 0,
  told_state   TEXT,
  told_severity TEXT,
  told_at      INTEGER,
  reference    TEXT,
  UNIQUE (event_id, sink)
);
INSERT INTO delivery_7 (id, event_id, sink, destination, rule, severity, resolve, incident, state, fresh, attempts, replays, since, due_at, leased_until, ended_at, reason)
SELECT id, event_id, sink, destination, rule, severity, resolve, incident, state, fresh, attempts, replays, since, due_at, leased_until, ended_at, reason
FROM delivery;
DROP TABLE delivery;
ALTER TABLE delivery_7 RENAME TO delivery;
CREATE INDEX delivery_due ON delivery (sink, destination, fresh, due_at, id) WHERE state = 'waiting';
CREATE INDEX delivery_order ON delivery (sink, destination, incident, event_id) WHERE state = 'waiting';
CREATE INDEX delivery_dead ON delivery (sink, id) WHERE state = 'dead';
CREATE UNIQUE INDEX delivery_incident ON delivery (incident_id, sink) WHERE incident_id IS NOT NULL;
