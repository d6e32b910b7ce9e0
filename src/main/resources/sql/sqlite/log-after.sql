SELECT id, key, source, received_at, body FROM event WHERE id IN (
  SELECT id FROM (
    SELECT id, sum(length(body)) OVER (ORDER BY id) - length(body) AS before
    FROM (SELECT id, body FROM event WHERE id > ?2 ORDER BY id LIMIT ?3))
  WHERE before < ?4 AND ?1 > 0)
ORDER BY id
