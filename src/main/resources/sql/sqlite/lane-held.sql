SELECT sink, name, held_until, reason FROM lane WHERE held_until > ? ORDER BY sink, name
