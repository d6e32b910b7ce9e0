UPDATE chore SET due_at = ? WHERE name = ? AND (due_at <= ? OR due_at = ?)
