UPDATE destination SET busy_until = ? WHERE sink = ? AND name = ? AND busy_until <= ? AND held_until <= ?
