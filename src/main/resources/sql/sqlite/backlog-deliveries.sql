SELECT sink, count(*), min(since) FROM delivery WHERE state = 'waiting' GROUP BY sink
