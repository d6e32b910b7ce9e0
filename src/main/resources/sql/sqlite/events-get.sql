SELECT id, key, source, received_at, body FROM event WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id
