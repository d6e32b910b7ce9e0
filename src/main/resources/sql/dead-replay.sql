UPDATE delivery
SET state = 'waiting', attempts = 0, replays = replays + 1, since = ?, due_at = ?, ended_at = NULL, leased_until = 0
WHERE id = ? AND state = 'dead' RETURNING event_id, sink
