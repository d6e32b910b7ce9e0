WITH kept AS (
  INSERT INTO event (key, source, type, received_at, body)
  SELECT a.key, a.source, a.type, ?, a.body
  FROM unnest(?::text[], ?::text[], ?::text[], ?::bytea[]) WITH ORDINALITY AS a (key, source, type, body, place)
  ORDER BY a.key, a.place
  ON CONFLICT (key) DO NOTHING RETURNING id, key),
placed AS (INSERT INTO desk (event_id) SELECT id FROM kept)
SELECT key FROM kept
