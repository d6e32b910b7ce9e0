SELECT sink, count(*) FROM delivery WHERE state = 'dead' GROUP BY sink
