SELECT sink, state, sum(count)
FROM (
  SELECT sink, CASE WHEN reason = 'printed' THEN 'printed' ELSE 'told' END AS state, told_count AS count
  FROM delivery WHERE incident_id IS NOT NULL AND told_count > 0
  UNION ALL
  SELECT d.sink, CASE WHEN d.state <> 'delivered' THEN d.state WHEN i.state = 'open' THEN 'suppressed' ELSE 'late' END,
    i.count - d.told_count
  FROM delivery d JOIN incident i ON i.id = d.incident_id
  WHERE i.count > d.told_count
  UNION ALL
  SELECT sink, substr(state, 8), count FROM pruned WHERE state LIKE 'alerts %') r
GROUP BY sink, state
