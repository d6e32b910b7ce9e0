SELECT body FROM event WHERE key = ?
