SELECT e.id, e.received_at, CASE WHEN
    NOT EXISTS (SELECT 1 FROM event_log l WHERE l.id = e.log AND e.id > l.judged)
    AND NOT EXISTS (
      SELECT 1 FROM delivery x
      WHERE x.event_id = e.id
        AND (x.state IN ('waiting', 'dead') OR x.ended_at >= ?
          OR EXISTS (SELECT 1 FROM incident i WHERE i.id = x.incident_id AND i.state = 'open')))
  THEN 1 ELSE 0 END
FROM event e WHERE e.id > ? ORDER BY e.id LIMIT ?
