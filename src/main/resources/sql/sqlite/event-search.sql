SELECT id FROM (SELECT id, type, source, received_at, body FROM event WHERE id < ? ORDER BY id DESC LIMIT ?)
WHERE type = coalesce(?, type) AND source = coalesce(?, source) AND received_at BETWEEN ? AND ?
  AND instr(lower(CAST(body AS TEXT)), ?) > 0
ORDER BY id DESC
