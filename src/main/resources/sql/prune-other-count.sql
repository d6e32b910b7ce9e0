INSERT INTO pruned (sink, state, count) VALUES ('', ?, ?)
ON CONFLICT (sink, state) DO UPDATE SET count = pruned.count + excluded.count
