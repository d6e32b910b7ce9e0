WITH arrived AS (
  SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bytea[], ?::bigint[])
  AS a (key, source, type, body, leased_until)),
kept AS (
  INSERT INTO event (key, source, type, received_at, body)
  SELECT key, source, type, ?, body FROM arrived ORDER BY key
  ON CONFLICT (key) DO NOTHING RETURNING id, key),
placed AS (
  INSERT INTO desk (event_id, leased_until) SELECT k.id, a.leased_until FROM kept k JOIN arrived a ON a.key = k.key)
SELECT id, key FROM kept
