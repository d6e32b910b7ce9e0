SELECT d.id, d.sink, d.rule, d.severity, d.attempts, d.replays, d.ended_at, d.reason, d.event_id, e.key, e.type, e.source, e.body
FROM delivery d JOIN event e ON e.id = d.event_id
WHERE d.state = 'dead' AND d.id = ?
