DELETE FROM event_log l WHERE id = ? AND NOT EXISTS (SELECT 1 FROM event e WHERE e.log = l.id AND e.id > l.judged)
