SELECT 1 FROM event WHERE key = ?
