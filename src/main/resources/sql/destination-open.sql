SELECT name, resting FROM destination WHERE sink = ? AND busy_until <= ? AND held_until <= ? ORDER BY busy_until, name
