WITH own AS MATERIALIZED (SELECT id FROM event_log WHERE id = ? FOR KEY SHARE)
INSERT INTO event (identity, key, source, type, received_at, log, body)
SELECT a.identity, a.key, a.source, a.type, ?, own.id, a.body
FROM own, unnest(?::bytea[], ?::text[], ?::text[], ?::text[], ?::bytea[])
  WITH ORDINALITY AS a (identity, key, source, type, body, place)
ORDER BY a.place
ON CONFLICT (identity, source) DO NOTHING RETURNING id, key, source
