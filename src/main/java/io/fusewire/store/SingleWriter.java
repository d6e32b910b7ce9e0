package io.fusewire.store;

import io.fusewire.store.NewEvent.Kept;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Everything goes through one thread: for a database that has one writer at a time anyway. */
final class SingleWriter implements WriteStrategy {

    /** A new event, or any other work; the one that it isn't is null. */
    private record Item(NewEvent arrival, Store.Work<?> work) {}

    private final GroupCommit<Item, Object> writer;
    private final GroupCommit.Batch<NewEvent, Kept> keeping;

    SingleWriter(ReopenedSession.Opening opening, GroupCommit.Batch<NewEvent, Kept> keeping, Duration patience) {
        this.writer = new GroupCommit<>(opening, this::write, patience);
        this.keeping = keeping;
    }

    /** Events together, then the rest in its order. */
    private List<Object> write(Session session, List<Item> items) throws SQLException {
        List<NewEvent> arrivals =
                items.stream().map(Item::arrival).filter(Objects::nonNull).toList();
        Iterator<Kept> kept = keeping.write(session, arrivals).iterator();
        List<Object> results = new ArrayList<>(items.size());
        for (Item item : items) {
            results.add(item.arrival != null ? kept.next() : item.work.in(session));
        }
        return results;
    }

    @Override
    public CompletableFuture<Kept> keep(NewEvent arrival) {
        return writer.write(new Item(arrival, null)).thenApply(Kept.class::cast);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T write(Store.Work<T> work) {
        return (T) WriteStrategy.await(writer.write(new Item(null, work)));
    }

    @Override
    public void close() {
        writer.close();
    }
}
