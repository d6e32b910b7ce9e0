SELECT id, due_at FROM delivery d
WHERE sink = ? AND destination = ? AND state = 'waiting' AND fresh = ? AND due_at > ? AND due_at <= ? AND leased_until <= ?
  AND NOT EXISTS (
    SELECT 1 FROM event_log l WHERE EXISTS (SELECT 1 FROM event w WHERE w.log = l.id AND w.id > l.judged AND w.id <= d.event_id))
  AND event_id = (
    SELECT min(e.event_id) FROM delivery e
    WHERE e.sink = d.sink AND e.destination = d.destination AND e.incident = d.incident AND e.state = 'waiting')
ORDER BY due_at, id LIMIT 1
FOR UPDATE OF d SKIP LOCKED
