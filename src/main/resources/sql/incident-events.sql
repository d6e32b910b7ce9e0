SELECT e.id, e.key, e.type, e.received_at FROM alert a JOIN event e ON e.id = a.event_id
WHERE a.incident_id = ? ORDER BY a.event_id DESC LIMIT ?
