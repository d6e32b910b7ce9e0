SELECT
  (SELECT count(*) FROM event) + coalesce((SELECT count FROM pruned WHERE sink = '' AND state = 'events'), 0) AS accepted,
  (SELECT count(*) FROM event_log l JOIN event e ON e.log = l.id AND e.id > l.judged) AS undecided,
  (SELECT coalesce(sum(decided), 0) FROM event_log) AS decided,
  (SELECT coalesce(sum(decided - wanted), 0) FROM event_log) AS not_wanted,
  (SELECT coalesce(sum(alerts), 0) FROM event_log)
    - (SELECT count(*) FROM delivery WHERE sink <> 'rules' AND incident_id IS NULL) - (SELECT count(*) FROM alert) AS missing,
  (SELECT count(*) FROM incident WHERE state = 'open') AS open,
  (SELECT count(*) FROM incident WHERE state = 'closed')
    + coalesce((SELECT count FROM pruned WHERE sink = '' AND state = 'incidents'), 0) AS closed,
  (SELECT coalesce(sum(count + recoveries - pruned), 0) FROM incident) - (SELECT count(*) FROM alert) AS miscounted,
  (SELECT coalesce(sum(CASE WHEN i.state = d.told_state THEN i.count - d.told_count ELSE 1 END), 0)
    FROM delivery d JOIN incident i ON i.id = d.incident_id
    WHERE d.state = 'delivered' AND (
      i.state <> d.told_state
      OR (i.state = 'open' AND i.count <> d.told_count AND i.silence_id IS NULL AND i.inhibited = 0))) AS untold
