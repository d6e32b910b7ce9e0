-- Version 9. Times are milliseconds since 1970, durations too.

-- What arrived. Written once, never rewritten: the key, unique within its source, is the duplicate filter. Its identity
-- stands for it in the index, and counts keys that would share one.
CREATE TABLE event (
  id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  identity    BYTEA   NOT NULL,
  key         TEXT    NOT NULL,
  source      TEXT    NOT NULL,
  type        TEXT    NOT NULL,
  received_at BIGINT NOT NULL,
  log         BIGINT NOT NULL,
  body        BYTEA   NOT NULL,
  UNIQUE (identity, source)
);
CREATE INDEX event_place ON event (log, id);

-- The events that one gateway stored, in the order of their ids: the rules have run for those up to judged. Who judges them
-- has the lease and its epoch. Reconciliation counts by the rest: how many events were decided, how many of them raised
-- alerts for sinks with a queue (wanted), and how many alerts those are.
CREATE TABLE event_log (
  id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  judged       BIGINT NOT NULL,
  decided      BIGINT NOT NULL,
  alerts       BIGINT NOT NULL,
  wanted       BIGINT NOT NULL,
  epoch        BIGINT NOT NULL,
  leased_until BIGINT NOT NULL
);

-- Alerts of one cause. Of one key at most one is open. The times since, last and recovered_at are the events' own.
CREATE TABLE incident (
  id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key             TEXT    NOT NULL,
  rule            TEXT    NOT NULL,
  source          TEXT    NOT NULL,
  project         TEXT    NOT NULL,
  labels          TEXT    NOT NULL,
  folded          INTEGER NOT NULL,
  state           TEXT    NOT NULL CHECK (state IN ('open', 'closed')),
  severity        TEXT    NOT NULL,
  count           BIGINT NOT NULL,
  late            BIGINT NOT NULL,
  recoveries      BIGINT NOT NULL,
  pruned          BIGINT NOT NULL DEFAULT 0,
  since           BIGINT NOT NULL,
  last            BIGINT NOT NULL,
  recovered_at    BIGINT NOT NULL,
  last_event      BIGINT NOT NULL,
  texts           TEXT    NOT NULL,
  samples         TEXT    NOT NULL,
  opened_at       BIGINT NOT NULL,
  touched_at      BIGINT NOT NULL,
  repeated_at     BIGINT NOT NULL,
  closed_at       BIGINT,
  reason          TEXT,
  closed_by       TEXT,
  acknowledged_at BIGINT,
  acknowledged_by TEXT,
  comment         TEXT,
  group_wait      BIGINT NOT NULL,
  group_interval  BIGINT NOT NULL,
  repeat_interval BIGINT,
  resolve_after   BIGINT,
  recovers        INTEGER NOT NULL,
  unless          TEXT,
  silence_id      BIGINT,
  inhibited       INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX incident_open ON incident (key) WHERE state = 'open';
CREATE INDEX incident_key ON incident (key, id);
CREATE INDEX incident_rule ON incident (rule, source, project) WHERE state = 'open';

-- An event's alert that joined an incident.
CREATE TABLE alert (
  event_id    BIGINT NOT NULL,
  incident_id BIGINT NOT NULL,
  PRIMARY KEY (event_id, incident_id)
);
CREATE INDEX alert_incident ON alert (incident_id, event_id);

-- A message of one alert on its way to one sink, or how far a sink has been told of an incident. Sink "rules" stands for an
-- event that a rule could not read.
CREATE TABLE delivery (
  id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id     BIGINT NOT NULL REFERENCES event (id),
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
  since        BIGINT NOT NULL,
  due_at       BIGINT NOT NULL,
  leased_until BIGINT NOT NULL DEFAULT 0,
  ended_at     BIGINT,
  reason       TEXT,
  incident_id  BIGINT,
  told_count   BIGINT NOT NULL DEFAULT 0,
  told_state   TEXT,
  told_severity TEXT,
  told_at      BIGINT,
  reference    TEXT,
  UNIQUE (event_id, sink)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
CREATE INDEX delivery_due ON delivery (sink, destination, fresh, due_at, id) WHERE state = 'waiting';
CREATE INDEX delivery_order ON delivery (sink, destination, incident, event_id) WHERE state = 'waiting';
CREATE INDEX delivery_dead ON delivery (sink, id) WHERE state = 'dead';
CREATE UNIQUE INDEX delivery_incident ON delivery (incident_id, sink) WHERE incident_id IS NOT NULL;

-- An address: what shares one published rate limit and rests as one (a Slack channel, a PagerDuty key).
CREATE TABLE destination (
  sink       TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  busy_until BIGINT NOT NULL DEFAULT 0,
  held_until BIGINT NOT NULL DEFAULT 0,
  failures   INTEGER NOT NULL DEFAULT 0,
  resting    INTEGER NOT NULL DEFAULT 0,
  reason     TEXT,
  PRIMARY KEY (sink, name)
);

-- Work that one node at a time does: who moves due_at on has the turn.
CREATE TABLE node_lease (
  name   TEXT    NOT NULL PRIMARY KEY,
  due_at BIGINT NOT NULL
);

-- How far a poll has come with a feed, in the times of the server that is polled.
CREATE TABLE poll (
  name       TEXT    NOT NULL,
  feed       TEXT    NOT NULL,
  origin     BIGINT  NOT NULL,
  watermark  BIGINT  NOT NULL,
  drained_at BIGINT  NOT NULL,
  tailed_at  BIGINT  NOT NULL,
  swept_at   BIGINT  NOT NULL,
  PRIMARY KEY (name, feed)
);

-- What holds alerts back for a time: matchers as JSON, [{"label":"project","op":"=","value":"p1"}]. Ended by hand: ended_at.
CREATE TABLE silence (
  id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matchers  TEXT   NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at   BIGINT NOT NULL,
  made_at   BIGINT NOT NULL,
  made_by   TEXT   NOT NULL,
  comment   TEXT   NOT NULL,
  ended_at  BIGINT,
  ended_by  TEXT
);

-- What retention removed, by sink and state, so that reconciliation still counts it. Sink "" counts events.
CREATE TABLE pruned (
  sink  TEXT    NOT NULL,
  state TEXT    NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (sink, state)
);

-- The number at the top of this file.
CREATE TABLE schema_version (version INTEGER NOT NULL);
