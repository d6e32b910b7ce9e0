UPDATE delivery SET
  since = CASE WHEN since > ? THEN ? ELSE since END,
  due_at = CASE WHEN due_at - ? > ? THEN due_at - ? WHEN due_at > ? THEN ? ELSE due_at END,
  ended_at = CASE WHEN ended_at > ? THEN ? ELSE ended_at END,
  told_at = CASE WHEN told_at > ? THEN ? ELSE told_at END
WHERE since > ? OR due_at > ? OR ended_at > ?
