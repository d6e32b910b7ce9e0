SELECT id, due_at FROM delivery d
WHERE sink = ? AND lane = ? AND state = 'waiting' AND fresh = ? AND due_at > ? AND due_at <= ? AND leased_until <= ?
  AND NOT EXISTS (
    SELECT 1 FROM delivery e
    WHERE e.sink = d.sink AND e.lane = d.lane AND e.incident = d.incident AND e.state = 'waiting' AND e.id < d.id)
ORDER BY due_at, id LIMIT 1
FOR UPDATE OF d SKIP LOCKED
