SELECT 1 FROM incident WHERE state = 'open' AND rule = ? AND source = ? AND project = ? LIMIT 1
