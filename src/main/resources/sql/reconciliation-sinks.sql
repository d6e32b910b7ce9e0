SELECT sink, state, sum(count)
FROM (
  SELECT sink, state, count(*) AS count FROM delivery GROUP BY sink, state
  UNION ALL
  SELECT sink, state, count FROM pruned WHERE sink <> '') r
GROUP BY sink, state
