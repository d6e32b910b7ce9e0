SELECT coalesce((SELECT max(id) FROM event), 0) - judged + (SELECT count(*) FROM delivery WHERE sink = 'rules' AND state = 'waiting'),
  (SELECT received_at FROM event WHERE id > judged ORDER BY id LIMIT 1)
FROM event_log
