-- From version 6: alerts of one cause are an incident.
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

ALTER TABLE delivery ADD COLUMN incident_id BIGINT, ADD COLUMN told_count BIGINT NOT NULL DEFAULT 0, ADD COLUMN told_state TEXT,
  ADD COLUMN told_severity TEXT, ADD COLUMN told_at BIGINT, ADD COLUMN reference TEXT;
CREATE UNIQUE INDEX delivery_incident ON delivery (incident_id, sink) WHERE incident_id IS NOT NULL;
DELETE FROM schema_version;
