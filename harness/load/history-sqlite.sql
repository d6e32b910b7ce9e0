PRAGMA synchronous = OFF;
PRAGMA cache_size = -1000000;
INSERT INTO event (id, key, received_at, :event)
SELECT id + :shift, replace(key, 'timestamp=', 'timestamp=:copy-'), received_at - :shift, :copied
FROM event WHERE id <= :span;
INSERT INTO delivery (id, event_id, :columns)
SELECT id + :shift, event_id + :shift, :columns
FROM delivery WHERE id <= :span AND state <> 'waiting';
UPDATE event_log SET judged = (SELECT max(id) FROM event), decided = (SELECT count(*) FROM event),
  wanted = (SELECT count(DISTINCT event_id) FROM delivery WHERE sink <> 'rules'),
  alerts = (SELECT count(*) FROM delivery WHERE sink <> 'rules' AND incident_id IS NULL) + (SELECT count(*) FROM alert);
PRAGMA wal_checkpoint(TRUNCATE);
