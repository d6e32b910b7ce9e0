SELECT id, key, source, received_at, body FROM event WHERE identity BETWEEN ? AND ? AND key = ? ORDER BY received_at, id
