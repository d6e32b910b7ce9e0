SELECT sink, name, held_until, resting, reason FROM lane WHERE held_until > ? OR resting = 1 ORDER BY sink, name
