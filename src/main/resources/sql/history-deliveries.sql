SELECT sink, rule, severity, state, attempts, replays, due_at, ended_at, reason FROM delivery
WHERE event_id = ? AND incident_id IS NULL ORDER BY id
