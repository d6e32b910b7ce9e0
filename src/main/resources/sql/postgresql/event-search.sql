SELECT id FROM (SELECT id, type, source, received_at, body FROM event WHERE id < ? ORDER BY id DESC LIMIT ?) page
WHERE type = coalesce(?, type) AND source = coalesce(?, source) AND received_at BETWEEN ? AND ?
  AND position(?::text IN lower(encode(body, 'escape'))) > 0
ORDER BY id DESC
