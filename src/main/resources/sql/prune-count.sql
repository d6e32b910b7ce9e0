INSERT INTO pruned (sink, state, count)
SELECT sink, state, 1 FROM delivery WHERE event_id = ?
ON CONFLICT (sink, state) DO UPDATE SET count = pruned.count + excluded.count
