INSERT INTO chore (name, due_at) VALUES (?, 0) ON CONFLICT (name) DO NOTHING
