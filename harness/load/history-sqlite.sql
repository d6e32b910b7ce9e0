PRAGMA synchronous = OFF;
PRAGMA cache_size = -1000000;
INSERT INTO event (id, key, source, type, received_at, body)
SELECT id + :shift, replace(key, 'timestamp=', 'timestamp=:copy-'), source, type, received_at - :shift, body
FROM event WHERE id <= :span;
INSERT INTO decided (event_id, alerts)
SELECT event_id + :shift, alerts FROM decided WHERE event_id <= :span;
INSERT INTO delivery (id, event_id, :columns)
SELECT id + :shift, event_id + :shift, :columns
FROM delivery WHERE id <= :span AND state <> 'waiting';
PRAGMA wal_checkpoint(TRUNCATE);
