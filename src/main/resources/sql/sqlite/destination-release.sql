UPDATE destination SET busy_until = 0 WHERE busy_until > 0
