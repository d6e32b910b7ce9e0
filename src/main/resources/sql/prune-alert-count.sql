UPDATE incident SET pruned = pruned + 1 WHERE id IN (SELECT incident_id FROM alert WHERE event_id = ?)
