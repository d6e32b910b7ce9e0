SELECT (SELECT count(*) FROM event_log l JOIN event e ON e.log = l.id AND e.id > l.judged)
    + (SELECT count(*) FROM delivery WHERE sink = 'rules' AND state = 'waiting'),
  (SELECT received_at FROM event WHERE id = (
    SELECT min((SELECT e.id FROM event e WHERE e.log = l.id AND e.id > l.judged ORDER BY e.id LIMIT 1)) FROM event_log l))
