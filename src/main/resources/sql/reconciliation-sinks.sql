SELECT sink, state, sum(count)
FROM (
  SELECT sink, state, count(*) AS count
  FROM (SELECT sink, CASE WHEN state = 'delivered' AND reason = 'printed' THEN 'printed' ELSE state END AS state
    FROM delivery WHERE incident_id IS NULL) own
  GROUP BY sink, state
  UNION ALL
  SELECT sink, state, count FROM pruned WHERE sink <> '' AND state NOT LIKE 'alerts %') r
GROUP BY sink, state
