SELECT l.id, l.epoch, l.judged, coalesce((SELECT max(id) FROM event), 0) FROM event_log l
