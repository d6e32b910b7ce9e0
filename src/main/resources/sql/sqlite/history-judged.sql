SELECT ? <= judged FROM event_log
