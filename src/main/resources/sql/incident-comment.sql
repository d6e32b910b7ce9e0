UPDATE incident SET comment = ? WHERE id = ?
