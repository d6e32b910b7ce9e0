SELECT id, key, source, received_at, body FROM (
  SELECT e.id, e.key, e.source, e.received_at, e.body, d.due_at,
    row_number() OVER (ORDER BY d.due_at, e.id) AS place, sum(length(e.body)) OVER (ORDER BY d.due_at, e.id) AS bytes
  FROM (
    SELECT event_id, due_at FROM delivery
    WHERE sink = 'rules' AND state = 'waiting' AND due_at <= ? AND leased_until <= ? ORDER BY due_at, id LIMIT ?) AS d
  JOIN event e ON e.id = d.event_id) AS sized
WHERE place = 1 OR bytes <= ? ORDER BY due_at, id
