UPDATE delivery SET reason = 'printed' WHERE id = ?
