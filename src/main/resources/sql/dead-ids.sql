SELECT id FROM delivery WHERE state = 'dead' AND sink = ? ORDER BY id
