INSERT INTO event (id, key, source, type, received_at, body) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (key, source) DO NOTHING RETURNING id, key, source
