SELECT d.sink, w.waiting, d.since
FROM (SELECT count(*) AS waiting, min(id) AS oldest FROM delivery WHERE state = 'waiting' GROUP BY sink) w
JOIN delivery d ON d.id = w.oldest
