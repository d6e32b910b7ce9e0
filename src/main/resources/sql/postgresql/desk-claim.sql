UPDATE desk SET leased_until = ?
WHERE event_id = ANY (
  ARRAY(SELECT event_id FROM desk WHERE leased_until <= ? ORDER BY event_id LIMIT ? FOR UPDATE SKIP LOCKED))
RETURNING event_id, replayed
