package io.fusewire.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything goes through one thread: for a database that has one writer at a time anyway. */
final class OneWriter implements Writers {
    private final GroupCommit<Store.Work<?>, Object> writer;
    private final GroupCommit.Batch<Arrival, Boolean> keeping;
    private final Duration patience;

    OneWriter(GroupCommit.Opening opening, GroupCommit.Batch<Arrival, Boolean> keeping, Duration patience) {
        this.writer = new GroupCommit<>(opening, OneWriter::inOrder);
        this.keeping = keeping;
        this.patience = patience;
    }

    private static List<Object> inOrder(Session session, List<Store.Work<?>> all) throws SQLException {
        List<Object> results = new ArrayList<>(all.size());
        for (Store.Work<?> work : all) {
            results.add(work.in(session));
        }
        return results;
    }

    @Override
    public boolean keep(Arrival arrival) {
        return write(session -> keeping.write(session, List.of(arrival)).get(0));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T write(Store.Work<T> work) {
        return (T) writer.write(work, patience);
    }

    @Override
    public void close() {
        writer.close();
    }
}
