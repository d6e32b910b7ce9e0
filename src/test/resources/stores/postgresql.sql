-- Version 4. Times are milliseconds since 1970, durations too.

-- What arrived. Written once, never rewritten: the unique key is the duplicate filter.
CREATE TABLE event (
  id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key         TEXT    NOT NULL UNIQUE,
  source      TEXT    NOT NULL,
  type        TEXT    NOT NULL,
  received_at BIGINT NOT NULL,
  body        BYTEA   NOT NULL
);

-- Events whose rules have not run yet: an event's place in the queue, born in the commit that stores it.
CREATE TABLE pending_event (
  event_id     BIGINT PRIMARY KEY,
  replayed     INTEGER NOT NULL DEFAULT 0,
  leased_until BIGINT NOT NULL DEFAULT 0
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- Events whose rules have run, and how many alerts they addressed to sinks with a queue: what reconciliation counts by.
CREATE TABLE decided (
  event_id BIGINT PRIMARY KEY,
  alerts   INTEGER NOT NULL
);

-- One alert on its way to one sink. Sink "rules" stands for an event that a rule could not read.
CREATE TABLE delivery (
  id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id     BIGINT NOT NULL REFERENCES event (id),
  sink         TEXT    NOT NULL,
  destination         TEXT    NOT NULL,
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
  UNIQUE (event_id, sink)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
CREATE INDEX delivery_due ON delivery (sink, destination, fresh, due_at, id) WHERE state = 'waiting';
CREATE INDEX delivery_order ON delivery (sink, destination, incident, event_id) WHERE state = 'waiting';
CREATE INDEX delivery_dead ON delivery (sink, id) WHERE state = 'dead';

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

-- What retention removed, by sink and state, so that reconciliation still counts it. Sink "" counts events.
CREATE TABLE pruned (
  sink  TEXT    NOT NULL,
  state TEXT    NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (sink, state)
);

-- The number at the top of this file.
CREATE TABLE schema_version (version INTEGER NOT NULL);

INSERT INTO schema_version VALUES (4);
