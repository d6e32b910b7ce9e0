INSERT INTO pruned (sink, state, count) VALUES ('', 'events', ?)
ON CONFLICT (sink, state) DO UPDATE SET count = pruned.count + excluded.count
