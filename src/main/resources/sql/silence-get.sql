SELECT id FROM silence WHERE id = ?
