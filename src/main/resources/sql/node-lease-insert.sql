INSERT INTO node_lease (name, due_at) VALUES (?, 0) ON CONFLICT (name) DO NOTHING
