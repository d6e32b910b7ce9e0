UPDATE pending_event SET leased_until = ?
WHERE event_id = ANY (
  ARRAY(SELECT event_id FROM pending_event WHERE leased_until <= ? ORDER BY event_id LIMIT ? FOR UPDATE SKIP LOCKED))
RETURNING event_id, replayed
