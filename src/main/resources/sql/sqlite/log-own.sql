SELECT id, epoch, judged, max(judged, coalesce((SELECT max(id) FROM event), 0)) FROM event_log
