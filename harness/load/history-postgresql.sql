SET synchronous_commit = off;
INSERT INTO event (id, key, source, type, received_at, body) OVERRIDING SYSTEM VALUE
SELECT id + :shift, replace(key, 'timestamp=', 'timestamp=:copy-'), source, type, received_at - :shift, body
FROM event WHERE id <= :span;
INSERT INTO decided (event_id, alerts)
SELECT event_id + :shift, alerts FROM decided WHERE event_id <= :span;
INSERT INTO delivery (id, event_id, :columns)
OVERRIDING SYSTEM VALUE
SELECT id + :shift, event_id + :shift, :columns
FROM delivery WHERE id <= :span AND state <> 'waiting';
SELECT setval(pg_get_serial_sequence('event', 'id'), (SELECT max(id) FROM event));
SELECT setval(pg_get_serial_sequence('delivery', 'id'), (SELECT max(id) FROM delivery));
VACUUM ANALYZE;
CHECKPOINT;
