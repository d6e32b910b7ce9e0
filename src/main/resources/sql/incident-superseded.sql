SELECT 1 FROM incident i JOIN delivery d ON d.incident_id = i.id AND d.sink = ?
WHERE i.key = ? AND i.id > ? AND d.told_state = 'open' LIMIT 1
