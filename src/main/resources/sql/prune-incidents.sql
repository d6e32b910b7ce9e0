DELETE FROM incident
WHERE id IN (
  SELECT i.id FROM incident i
  WHERE i.state = 'closed' AND i.closed_at < ?
    AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.incident_id = i.id)
    AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.incident_id = i.id)
  ORDER BY i.id LIMIT ?)
