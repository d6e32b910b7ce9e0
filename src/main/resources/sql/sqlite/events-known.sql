SELECT id, key, source, identity FROM event WHERE identity BETWEEN ? AND ? AND source = ?
