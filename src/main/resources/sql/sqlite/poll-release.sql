UPDATE chore SET due_at = 0 WHERE name LIKE 'poll %'
