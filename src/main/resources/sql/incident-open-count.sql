SELECT count(*) FROM incident WHERE state = 'open' AND rule = ? AND source = ? AND folded = 0
