-- From version 7: no row for an event that is pending or decided, but one place in the log. What still waits behind what was
-- decided after it, and what waits for a replay, is judged as a replay.
CREATE TABLE event_log (
  id           INTEGER PRIMARY KEY,
  judged       INTEGER NOT NULL,
  decided      INTEGER NOT NULL,
  alerts       INTEGER NOT NULL,
  wanted       INTEGER NOT NULL,
  epoch        INTEGER NOT NULL,
  leased_until INTEGER NOT NULL
);
INSERT INTO event_log
SELECT 1, coalesce((SELECT max(event_id) FROM decided), 0),
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
DROP TABLE pending_event;
DROP TABLE decided;
