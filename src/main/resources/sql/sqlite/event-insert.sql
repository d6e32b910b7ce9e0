INSERT INTO event (id, identity, key, source, type, received_at, body) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (identity, source) DO NOTHING RETURNING id
