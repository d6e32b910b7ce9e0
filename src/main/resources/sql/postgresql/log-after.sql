SELECT id, key, source, received_at, body FROM event WHERE id IN (
  SELECT id FROM (
    SELECT id, row_number() OVER (ORDER BY id) AS place, sum(length(body)) OVER (ORDER BY id) AS bytes
    FROM (SELECT id, body FROM event WHERE log = ? AND id > ? ORDER BY id LIMIT ?) AS next) AS sized
  WHERE place = 1 OR bytes <= ?)
ORDER BY id
