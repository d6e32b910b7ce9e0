SELECT sink, name, held_until, resting, reason FROM destination WHERE held_until > ? OR resting = 1 ORDER BY sink, name
