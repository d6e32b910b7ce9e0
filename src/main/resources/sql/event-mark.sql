SELECT id, received_at FROM event WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?
