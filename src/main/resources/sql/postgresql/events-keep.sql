WITH own AS MATERIALIZED (SELECT id FROM event_log WHERE id = ? FOR KEY SHARE)
INSERT INTO event (key, source, type, received_at, log, body)
SELECT a.key, a.source, a.type, ?, own.id, a.body
FROM own, unnest(?::text[], ?::text[], ?::text[], ?::bytea[]) WITH ORDINALITY AS a (key, source, type, body, place)
ORDER BY a.place
ON CONFLICT (key, source) DO NOTHING RETURNING id, key, source
