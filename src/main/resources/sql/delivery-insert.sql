INSERT INTO delivery (event_id, sink, destination, rule, severity, resolve, incident, state, reason, since, due_at, ended_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (event_id, sink) DO NOTHING
