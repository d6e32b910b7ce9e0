SELECT NOT EXISTS (SELECT 1 FROM event e JOIN event_log l ON l.id = e.log WHERE e.id = ? AND e.id > l.judged)
