SELECT id, due_at FROM delivery d
WHERE sink = ? AND destination = ? AND state = 'waiting' AND fresh = ? AND due_at > ? AND due_at <= ? AND leased_until <= ?
  AND event_id <= (SELECT judged FROM event_log)
  AND NOT EXISTS (
    SELECT 1 FROM delivery e
    WHERE e.sink = d.sink AND e.destination = d.destination AND e.incident = d.incident AND e.state = 'waiting' AND e.event_id < d.event_id)
ORDER BY due_at, id LIMIT 1
