SELECT i.rule FROM alert a JOIN incident i ON i.id = a.incident_id WHERE a.event_id = ?
