SELECT d.sink, d.rule, d.severity,
  CASE WHEN d.state = 'delivered' AND d.reason = 'printed' THEN 'printed' ELSE d.state END AS state,
  d.attempts, d.replays, d.due_at, d.ended_at, nullif(d.reason, 'printed') AS why,
  t.name AS address, t.held_until, t.reason AS rests
FROM delivery d LEFT JOIN destination t
  ON t.sink = d.sink AND t.name = d.destination AND t.held_until > ? AND d.state = 'waiting'
WHERE d.event_id = ? AND d.incident_id IS NULL ORDER BY d.id
