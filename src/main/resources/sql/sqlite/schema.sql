-- Version 9. Times are milliseconds since 1970, durations too.

-- What arrived. Written once, never rewritten: the key, unique within its source, is the duplicate filter. Its identity
-- stands for it in the index, and counts keys that would share one.
CREATE TABLE event (
  id          INTEGER PRIMARY KEY,
  identity    BLOB    NOT NULL,
  key         TEXT    NOT NULL,
  source      TEXT    NOT NULL,
  type        TEXT    NOT NULL,
  received_at INTEGER NOT NULL,
  body        BLOB    NOT NULL,
  UNIQUE (identity, source)
);

-- The events that one gateway stored, in the order of their ids: the rules have run for those up to judged. Who judges them
-- has the lease and its epoch. Reconciliation counts by the rest: how many events were decided, how many of them raised
-- alerts for sinks with a queue (wanted), and how many alerts those are.
CREATE TABLE event_log (
  id           INTEGER PRIMARY KEY,
  judged       INTEGER NOT NULL,
  decided      INTEGER NOT NULL,
  alerts       INTEGER NOT NULL,
  wanted       INTEGER NOT NULL,
  epoch        INTEGER NOT NULL,
  leased_until INTEGER NOT NULL
);
INSERT INTO event_log VALUES (1, 0, 0, 0, 0, 0, 0);

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

-- A message of one alert on its way to one sink, or how far a sink has been told of an incident. Sink "rules" stands for an
-- event that a rule could not read.
CREATE TABLE delivery (
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
CREATE INDEX delivery_due ON delivery (sink, destination, fresh, due_at, id) WHERE state = 'waiting';
CREATE INDEX delivery_order ON delivery (sink, destination, incident, event_id) WHERE state = 'waiting';
CREATE INDEX delivery_dead ON delivery (sink, id) WHERE state = 'dead';
CREATE UNIQUE INDEX delivery_incident ON delivery (incident_id, sink) WHERE incident_id IS NOT NULL;

-- An address: what shares one published rate limit and rests as one (a Slack channel, a PagerDuty key).
CREATE TABLE destination (
  sink       TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  busy_until INTEGER NOT NULL DEFAULT 0,
  held_until INTEGER NOT NULL DEFAULT 0,
  failures   INTEGER NOT NULL DEFAULT 0,
  resting    INTEGER NOT NULL DEFAULT 0,
  reason     TEXT,
  PRIMARY KEY (sink, name)
) WITHOUT ROWID;

-- Work that one node at a time does: who moves due_at on has the turn.
CREATE TABLE node_lease (
  name   TEXT    NOT NULL PRIMARY KEY,
  due_at INTEGER NOT NULL
) WITHOUT ROWID;

-- How far a poll has come with a feed, in the times of the server that is polled.
CREATE TABLE poll (
  name       TEXT    NOT NULL,
  feed       TEXT    NOT NULL,
  origin     INTEGER NOT NULL,
  watermark  INTEGER NOT NULL,
  drained_at INTEGER NOT NULL,
  tailed_at  INTEGER NOT NULL,
  swept_at   INTEGER NOT NULL,
  PRIMARY KEY (name, feed)
) WITHOUT ROWID;

-- What holds alerts back for a time: matchers as JSON, [{"label":"project","op":"=","value":"p1"}]. Ended by hand: ended_at.
CREATE TABLE silence (
  id        INTEGER PRIMARY KEY,
  matchers  TEXT    NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at   INTEGER NOT NULL,
  made_at   INTEGER NOT NULL,
  made_by   TEXT    NOT NULL,
  comment   TEXT    NOT NULL,
  ended_at  INTEGER,
  ended_by  TEXT
);

-- What retention removed, by sink and state, so that reconciliation still counts it. Sink "" counts events.
CREATE TABLE pruned (
  sink  TEXT    NOT NULL,
  state TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (sink, state)
) WITHOUT ROWID;
