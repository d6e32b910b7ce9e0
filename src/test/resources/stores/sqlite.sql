-- Version 4. Times are milliseconds since 1970, durations too.

-- What arrived. Written once, never rewritten: the unique key is the duplicate filter.
CREATE TABLE event (
  id          INTEGER PRIMARY KEY,
  key         TEXT    NOT NULL UNIQUE,
  source      TEXT    NOT NULL,
  type        TEXT    NOT NULL,
  received_at INTEGER NOT NULL,
  body        BLOB    NOT NULL
);

-- Events whose rules have not run yet: an event's place in the queue, born in the commit that stores it.
CREATE TABLE pending_event (
  event_id     INTEGER PRIMARY KEY,
  replayed     INTEGER NOT NULL DEFAULT 0,
  leased_until INTEGER NOT NULL DEFAULT 0
);

-- Events whose rules have run, and how many alerts they addressed to sinks with a queue: what reconciliation counts by.
CREATE TABLE decided (
  event_id INTEGER PRIMARY KEY,
  alerts   INTEGER NOT NULL
);

-- One alert on its way to one sink. Sink "rules" stands for an event that a rule could not read.
CREATE TABLE delivery (
  id           INTEGER PRIMARY KEY,
  event_id     INTEGER NOT NULL REFERENCES event (id),
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
  since        INTEGER NOT NULL,
  due_at       INTEGER NOT NULL,
  leased_until INTEGER NOT NULL DEFAULT 0,
  ended_at     INTEGER,
  reason       TEXT,
  UNIQUE (event_id, sink)
);
CREATE INDEX delivery_due ON delivery (sink, destination, fresh, due_at, id) WHERE state = 'waiting';
CREATE INDEX delivery_order ON delivery (sink, destination, incident, event_id) WHERE state = 'waiting';
CREATE INDEX delivery_dead ON delivery (sink, id) WHERE state = 'dead';

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

-- What retention removed, by sink and state, so that reconciliation still counts it. Sink "" counts events.
CREATE TABLE pruned (
  sink  TEXT    NOT NULL,
  state TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (sink, state)
) WITHOUT ROWID;

PRAGMA user_version = 4;
