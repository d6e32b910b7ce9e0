SELECT sink, sum(waiting) AS waiting, sum(later) AS later, min(since) AS since
FROM (
  SELECT sink, count(*) AS waiting, sum(CASE WHEN due_at > ? THEN 1 ELSE 0 END) AS later, min(due_at) AS since
  FROM delivery WHERE state = 'waiting' AND fresh = 1 GROUP BY sink
  UNION ALL
  SELECT sink, count(*), sum(CASE WHEN due_at > ? THEN 1 ELSE 0 END), min(since)
  FROM delivery WHERE state = 'waiting' AND fresh = 0 GROUP BY sink) w
GROUP BY sink
