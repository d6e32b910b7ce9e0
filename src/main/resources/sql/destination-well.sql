UPDATE destination SET failures = 0, resting = 0, held_until = CASE WHEN resting = 1 THEN 0 ELSE held_until END
WHERE sink = ? AND name = ? AND failures > 0
