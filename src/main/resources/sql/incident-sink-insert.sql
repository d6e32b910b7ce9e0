INSERT INTO delivery (event_id, sink, destination, rule, severity, resolve, incident, state, reason, since, due_at, ended_at, incident_id)
VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
