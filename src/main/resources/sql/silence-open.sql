SELECT * FROM silence WHERE ended_at IS NULL AND ends_at > ? ORDER BY id
