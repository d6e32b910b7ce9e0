UPDATE event_log SET epoch = epoch + 1, leased_until = ?
WHERE id = ANY (ARRAY(SELECT id FROM event_log WHERE leased_until <= ? ORDER BY id FOR UPDATE SKIP LOCKED))
RETURNING id, epoch, judged
