INSERT INTO silence (matchers, starts_at, ends_at, made_at, made_by, comment) VALUES (?, ?, ?, ?, ?, ?) RETURNING *
