UPDATE incident SET state = ?, severity = ?, count = ?, late = ?, recoveries = ?, since = ?, last = ?, recovered_at = ?,
  last_event = ?, texts = ?, samples = ?, touched_at = ?, repeated_at = ?, closed_at = ?, reason = ?, closed_by = ?,
  silence_id = ?, inhibited = ?
WHERE id = ?
