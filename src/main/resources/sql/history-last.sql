SELECT id, key, source, received_at, body FROM event WHERE id < ? ORDER BY id DESC LIMIT ?
