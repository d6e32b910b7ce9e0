SELECT 1 FROM silence WHERE id = ? AND ended_at IS NULL AND ends_at > ?
