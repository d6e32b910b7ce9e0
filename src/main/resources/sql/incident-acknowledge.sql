UPDATE incident SET acknowledged_at = ?, acknowledged_by = ?, comment = ? WHERE id = ? AND state = 'open' AND acknowledged_at IS NULL
