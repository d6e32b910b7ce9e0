INSERT INTO event_log (judged, decided, wanted, alerts, epoch, leased_until) VALUES (0, 0, 0, 0, 1, ?) RETURNING id
