SELECT sink, CASE WHEN state = 'delivered' AND reason = 'printed' THEN 'printed' ELSE state END AS state,
  told_count, told_state, told_at, due_at, attempts, nullif(reason, 'printed') AS reason
FROM delivery WHERE incident_id = ? ORDER BY id
