UPDATE node_lease SET due_at = 0 WHERE due_at > ?
