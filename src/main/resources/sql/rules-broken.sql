INSERT INTO delivery (event_id, sink, destination, rule, severity, resolve, incident, state, reason, since, due_at, ended_at)
VALUES (?, 'rules', '', ?, 'error', 0, '', 'dead', ?, ?, 0, ?)
ON CONFLICT (event_id, sink) DO UPDATE
SET state = 'dead', rule = excluded.rule, reason = excluded.reason, ended_at = excluded.ended_at
