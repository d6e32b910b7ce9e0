-- From version 7: no row for an event that is pending or decided, but one place in each gateway's log. What still waits behind
-- what was decided after it, and what waits for a replay, is judged as a replay.
CREATE TABLE event_log (
  id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  judged       BIGINT NOT NULL,
  decided      BIGINT NOT NULL,
  alerts       BIGINT NOT NULL,
  wanted       BIGINT NOT NULL,
  epoch        BIGINT NOT NULL,
  leased_until BIGINT NOT NULL
);
INSERT INTO event_log (judged, decided, alerts, wanted, epoch, leased_until)
SELECT coalesce((SELECT max(event_id) FROM decided), 0),
  (SELECT count(*) FROM event WHERE id <= (SELECT max(event_id) FROM decided))
    + coalesce((SELECT count FROM pruned WHERE sink = '' AND state = 'events'), 0),
  coalesce((SELECT sum(alerts) FROM decided), 0),
  (SELECT count(*) FROM decided WHERE alerts > 0)
    + coalesce((SELECT count FROM pruned WHERE sink = '' AND state = 'events'), 0)
    - coalesce((SELECT count FROM pruned WHERE sink = '' AND state = 'not wanted'), 0), 0, 0;
INSERT INTO delivery (event_id, sink, destination, rule, severity, resolve, incident, state, since, due_at)
SELECT p.event_id, 'rules', '', 'deciding', 'error', 0, '', 'waiting', e.received_at, 0
FROM pending_event p JOIN event e ON e.id = p.event_id WHERE p.replayed = 0 AND p.event_id <= (SELECT judged FROM event_log)
ON CONFLICT (event_id, sink) DO NOTHING;
ALTER TABLE event ADD COLUMN log BIGINT NOT NULL DEFAULT 1;
ALTER TABLE event ALTER COLUMN log DROP DEFAULT;
CREATE INDEX event_place ON event (log, id);
DROP TABLE pending_event;
DROP TABLE decided;
DELETE FROM schema_version;
