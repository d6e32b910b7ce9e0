SELECT
  (SELECT count(*) FROM event) + coalesce((SELECT count FROM pruned WHERE sink = '' AND state = 'events'), 0),
  (SELECT count(*) FROM pending_event WHERE replayed = 0),
  (SELECT count(*) FROM decided) + coalesce((SELECT count FROM pruned WHERE sink = '' AND state = 'events'), 0),
  (SELECT coalesce(sum(alerts), 0) FROM decided) - (SELECT count(*) FROM delivery WHERE sink <> 'rules')
