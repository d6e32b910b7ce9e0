SELECT id, key, source, received_at, body FROM event WHERE id IN (
  SELECT id FROM (
    SELECT id, sum(length(body)) OVER (ORDER BY id) - length(body) AS before
    FROM (SELECT id, body FROM event WHERE log = ? AND id > ? ORDER BY id LIMIT ?) AS next) AS sized
  WHERE before < ?)
ORDER BY id
