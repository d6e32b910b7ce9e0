UPDATE incident SET
  opened_at = CASE WHEN opened_at > ? THEN ? ELSE opened_at END,
  touched_at = CASE WHEN touched_at > ? THEN ? ELSE touched_at END,
  repeated_at = CASE WHEN repeated_at > ? THEN ? ELSE repeated_at END,
  closed_at = CASE WHEN closed_at > ? THEN ? ELSE closed_at END
WHERE touched_at > ? OR repeated_at > ? OR closed_at > ?
