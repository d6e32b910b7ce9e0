SELECT id FROM delivery WHERE state = 'dead' AND sink = ? AND id > ? ORDER BY id LIMIT ?
