UPDATE destination SET held_until = held_until - ?, busy_until = 0 WHERE held_until > ?
