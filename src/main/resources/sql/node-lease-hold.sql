UPDATE node_lease SET due_at = ? WHERE name = ? AND (due_at <= ? OR due_at = ?)
