INSERT INTO lane (sink, name) VALUES (?, ?) ON CONFLICT (sink, name) DO NOTHING
