SELECT e.key || ' of source ' || e.source, 'neither is pending nor is decided'
FROM event e
WHERE NOT EXISTS (SELECT 1 FROM pending_event k WHERE k.event_id = e.id)
  AND NOT EXISTS (SELECT 1 FROM decided d WHERE d.event_id = e.id)
UNION ALL
SELECT e.key || ' of source ' || e.source, 'is decided and still waits to be'
FROM event e JOIN pending_event k ON k.event_id = e.id AND k.replayed = 0 JOIN decided d ON d.event_id = e.id
UNION ALL
SELECT e.key || ' of source ' || e.source, 'has fewer or more alerts than its rules asked for'
FROM event e JOIN decided d ON d.event_id = e.id
WHERE d.alerts <> (SELECT count(*) FROM delivery x WHERE x.event_id = e.id AND x.sink <> 'rules')
UNION ALL
SELECT e.key || ' of source ' || e.source, 'has ended without a time, or waits with one'
FROM event e JOIN delivery x ON x.event_id = e.id
WHERE (x.state = 'waiting') <> (x.ended_at IS NULL)
LIMIT 20
