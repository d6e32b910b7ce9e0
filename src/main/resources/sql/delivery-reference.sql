UPDATE delivery SET reference = ? WHERE id = ?
