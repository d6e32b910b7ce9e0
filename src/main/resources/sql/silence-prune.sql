DELETE FROM silence WHERE (ended_at < ? OR ends_at < ?) AND id < (SELECT max(id) FROM silence)
