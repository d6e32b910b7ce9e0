SELECT sink, rule, severity, CASE WHEN state = 'delivered' AND reason = 'printed' THEN 'printed' ELSE state END AS state,
  attempts, replays, due_at, ended_at, nullif(reason, 'printed') AS reason FROM delivery
WHERE event_id = ? AND incident_id IS NULL ORDER BY id
