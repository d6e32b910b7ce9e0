SELECT body FROM event WHERE key = ? AND source = coalesce(?, source)
