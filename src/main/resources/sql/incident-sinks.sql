SELECT sink, state, told_count, told_state, told_at, due_at, attempts, reason FROM delivery WHERE incident_id = ? ORDER BY id
