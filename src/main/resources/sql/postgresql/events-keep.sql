WITH clock AS (SELECT ?::bigint AS now, ?::bigint AS lease),
kept AS (
  INSERT INTO event (key, source, type, received_at, body)
  SELECT key, source, type, now, body
  FROM clock, unnest(?::text[], ?::text[], ?::text[], ?::bytea[]) AS arrived (key, source, type, body) ORDER BY key, source
  ON CONFLICT (key, source) DO NOTHING RETURNING id, key, source, received_at),
placed AS (
  INSERT INTO pending_event (event_id, leased_until)
  SELECT id, CASE WHEN lease = 0 THEN 0 ELSE received_at + lease END FROM kept, clock)
SELECT id, key, source, received_at FROM kept
