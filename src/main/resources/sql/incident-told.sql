SELECT sink, told_count, told_state, told_severity, reference FROM delivery WHERE incident_id = ?
