UPDATE delivery SET state = 'suppressed', reason = ?, ended_at = ?
WHERE incident_id = ? AND (
  (state = 'waiting' AND leased_until <= ?)
  OR (state = 'suppressed' AND (reason LIKE 'silence %' OR reason LIKE 'rule %')))
