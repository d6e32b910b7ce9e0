SELECT 'event ' || e.key || ' of source ' || e.source, 'neither is pending nor is decided'
FROM event e
WHERE NOT EXISTS (SELECT 1 FROM pending_event k WHERE k.event_id = e.id)
  AND NOT EXISTS (SELECT 1 FROM decided d WHERE d.event_id = e.id)
UNION ALL
SELECT 'event ' || e.key || ' of source ' || e.source, 'is decided and still waits to be'
FROM event e JOIN pending_event k ON k.event_id = e.id AND k.replayed = 0 JOIN decided d ON d.event_id = e.id
UNION ALL
SELECT 'event ' || e.key || ' of source ' || e.source, 'has fewer or more alerts than its rules asked for'
FROM event e JOIN decided d ON d.event_id = e.id
WHERE d.alerts <> (SELECT count(*) FROM delivery x WHERE x.event_id = e.id AND x.sink <> 'rules' AND x.incident_id IS NULL)
  + (SELECT count(*) FROM alert a WHERE a.event_id = e.id)
UNION ALL
SELECT 'event ' || e.key || ' of source ' || e.source, 'has ended without a time, or waits with one'
FROM event e JOIN delivery x ON x.event_id = e.id
WHERE (x.state = 'waiting') <> (x.ended_at IS NULL)
UNION ALL
SELECT 'incident ' || i.id, 'counts more or fewer alerts than joined it'
FROM incident i
WHERE i.count + i.recoveries - i.pruned <> (SELECT count(*) FROM alert a WHERE a.incident_id = i.id)
UNION ALL
SELECT 'incident ' || i.id, 'is not told to ' || x.sink || ', which nobody holds back'
FROM incident i JOIN delivery x ON x.incident_id = i.id
WHERE x.state = 'delivered' AND (
  i.state <> x.told_state OR (i.state = 'open' AND i.count <> x.told_count AND i.silence_id IS NULL AND i.inhibited = 0))
LIMIT 20
