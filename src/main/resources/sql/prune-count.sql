INSERT INTO pruned (sink, state, count)
SELECT sink, CASE WHEN state = 'delivered' AND reason = 'printed' THEN 'printed' ELSE state END, 1
FROM delivery WHERE event_id = ? AND incident_id IS NULL
UNION ALL
SELECT sink, CASE WHEN reason = 'printed' THEN 'alerts printed' ELSE 'alerts told' END, told_count
FROM delivery WHERE event_id = ? AND incident_id IS NOT NULL AND told_count > 0
UNION ALL
SELECT d.sink, 'alerts ' || CASE d.state WHEN 'delivered' THEN 'late' ELSE d.state END, i.count - d.told_count
FROM delivery d JOIN incident i ON i.id = d.incident_id
WHERE d.event_id = ? AND i.count > d.told_count
ON CONFLICT (sink, state) DO UPDATE SET count = pruned.count + excluded.count
