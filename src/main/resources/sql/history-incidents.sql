SELECT i.id, i.key, i.rule, i.state, i.severity, i.count, d.sink,
  CASE WHEN d.state = 'delivered' AND d.reason = 'printed' THEN 'printed' ELSE d.state END AS told,
  d.told_count, d.told_at, CASE WHEN d.reason = 'printed' THEN 1 ELSE 0 END AS printed, d.due_at, d.ended_at, nullif(d.reason, 'printed') AS why,
  t.name AS address, t.held_until, t.reason AS rests
FROM alert a JOIN incident i ON i.id = a.incident_id LEFT JOIN delivery d ON d.incident_id = i.id
  LEFT JOIN destination t
    ON t.sink = d.sink AND t.name = d.destination AND t.held_until > ? AND d.state = 'waiting'
WHERE a.event_id = ? ORDER BY i.id, d.id
