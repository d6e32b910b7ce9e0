SELECT d.id, d.sink, d.rule, d.severity, d.attempts, d.replays, d.ended_at, d.reason, e.key, e.type, e.source
FROM delivery d JOIN event e ON e.id = d.event_id
WHERE d.state = 'dead' AND d.sink = coalesce(?, d.sink) AND d.id > ?
ORDER BY d.id LIMIT ?
