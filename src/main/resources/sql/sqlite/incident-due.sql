SELECT i.* FROM incident i
WHERE i.state = 'open' AND (
  i.touched_at + i.resolve_after <= ?
  OR (i.silence_id IS NULL AND i.inhibited = 0 AND i.acknowledged_at IS NULL AND i.repeated_at + i.repeat_interval <= ?)
  OR (i.silence_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM silence s WHERE s.id = i.silence_id AND s.ended_at IS NULL AND s.ends_at > ?))
  OR (i.inhibited = 1 AND NOT EXISTS (
    SELECT 1 FROM incident o
    WHERE o.state = 'open' AND o.rule = i.unless AND o.source = i.source AND o.project = i.project)))
ORDER BY i.id LIMIT ?
