UPDATE pending_event SET leased_until = ?
WHERE event_id IN (SELECT event_id FROM pending_event WHERE leased_until <= ? ORDER BY event_id LIMIT ?)
RETURNING event_id, replayed
