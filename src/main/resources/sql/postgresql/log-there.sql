SELECT 1 FROM event_log WHERE id = ?
