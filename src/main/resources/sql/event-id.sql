SELECT id FROM event WHERE key = ? AND source = ?
