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
