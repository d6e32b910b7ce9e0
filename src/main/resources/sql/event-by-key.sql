SELECT body FROM event WHERE identity BETWEEN ? AND ? AND key = ? AND source = coalesce(?, source)
