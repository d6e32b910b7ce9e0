SELECT id, key, source, received_at, body FROM event WHERE key = ? ORDER BY id
