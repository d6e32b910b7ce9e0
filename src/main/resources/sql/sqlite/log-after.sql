SELECT id, key, source, received_at, body FROM event WHERE id IN (
  SELECT id FROM (
    SELECT id, row_number() OVER (ORDER BY id) AS place, sum(length(body)) OVER (ORDER BY id) AS bytes
    FROM (SELECT id, body FROM event WHERE id > ?2 ORDER BY id LIMIT ?3))
  WHERE (place = 1 OR bytes <= ?4) AND ?1 > 0)
ORDER BY id
