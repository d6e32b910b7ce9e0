package io.fusewire.store;

import io.fusewire.error.FatalErrors;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Session.ReopenedSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that gathers what many want written, writes it in one transaction, and answers each of them after the one
 * commit. An item that fails takes no other with it: the batch is rolled back and each is tried alone. An item whose
 * patience ended before its turn is left out.
 *
 * @param <I> what is written
 * @param <O> what its writer is told
 */
final class GroupCommit<I, O> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int BATCH = 1_000;
    private static final int WAITING = 10_000;
    private static final int IDLE_MILLIS = 100;

    /** Writes a batch; may be called again with the same items, so it must have no effect beside the database. */
    interface Batch<I, O> {
        /** One result for each item, in their order. */
        List<O> write(Session session, List<I> items) throws SQLException;

        /** What was written last is committed, and nobody was told yet. */
        default void committed() {}

        /** The order in which items of a batch are written, and their writers told. */
        default Comparator<I> order() {
            return (one, other) -> 0;
        }
    }

    private record Task<I, O>(I item, CompletableFuture<O> done) {}

    private final ReopenedSession session;
    private final Batch<I, O> writing;
    private final Duration patience;
    private final BlockingQueue<Task<I, O>> waiting = new ArrayBlockingQueue<>(WAITING);
    private volatile Thread thread;
    private volatile long turnedAt = System.nanoTime();
    private volatile boolean closed;
    private boolean failing;

    /** @param patience how long an item may wait for its commit */
    GroupCommit(WriteStrategy.Opening opening, Batch<I, O> writing, Duration patience) {
        this.session = new ReopenedSession(opening);
        this.writing = writing;
        this.patience = patience;
        this.thread = started();
    }

    private Thread started() {
        Thread writer = new Thread(this::run, "fusewire-store");
        writer.setDaemon(true);
        writer.start();
        return writer;
    }

    /** For how long the writer has not turned, be there something to write or not; a thread that has ended gets a successor. */
    synchronized Duration still() {
        if (!closed && !thread.isAlive()) {
            LOG.error("The store's writer has ended; another takes over.");
            thread = started();
        }
        return Duration.ofNanos(System.nanoTime() - turnedAt);
    }

    /**
     * Has the item written. Its result comes after the commit, on the writer's thread: whoever goes on from there must
     * not wait. It is a {@link StoreUnavailableException} when the item could not be written, or was not within the patience.
     */
    CompletableFuture<O> write(I item) {
        Task<I, O> task = new Task<>(item, new CompletableFuture<>());
        if (closed || !waiting.offer(task)) {
            return CompletableFuture.failedFuture(new StoreUnavailableException(
                    "the store refused a write",
                    new SQLException(closed ? "the store is closed" : "too many writes are waiting")));
        }
        task.done.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        return task.done.exceptionally(fault -> {
            throw unavailable(task, fault);
        });
    }

    private StoreUnavailableException unavailable(Task<I, O> task, Throwable fault) {
        if (fault instanceof TimeoutException) {
            // While the store hangs, what nobody waits for must not fill the memory.
            waiting.remove(task);
            return new StoreUnavailableException("the store did not commit within " + patience, fault);
        }
        return new StoreUnavailableException("the store refused a write", fault);
    }

    private void run() {
        List<Task<I, O>> batch = new ArrayList<>(BATCH);
        while (!closed || !waiting.isEmpty()) {
            try {
                turnedAt = System.nanoTime();
                Task<I, O> first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    commit(batch);
                }
            } catch (InterruptedException e) {
                LOG.debug("Only a close ends the writer", e);
            } catch (Throwable e) {
                FatalErrors.escalate(e);
                fail(batch, e);
            }
            batch.clear();
        }
        session.close();
    }

    /** False when the store itself was away, so that no other batch need try now. */
    private boolean commit(List<Task<I, O>> batch) {
        Session begun;
        try {
            begun = session.begin();
        } catch (SQLException | RuntimeException e) {
            fail(batch, e);
            return false;
        }
        batch.removeIf(task -> task.done.isDone());
        batch.sort(Comparator.comparing(Task::item, writing.order()));
        try {
            together(begun, batch);
        } catch (Throwable e) {
            FatalErrors.escalate(e);
            session.rollback();
            if (batch.size() == 1) {
                fail(batch, e);
            } else {
                eachAlone(batch);
            }
        }
        return true;
    }

    private void eachAlone(List<Task<I, O>> batch) {
        boolean there = true;
        for (Task<I, O> task : batch) {
            List<Task<I, O>> alone = new ArrayList<>(List.of(task));
            if (there) {
                there = commit(alone);
            } else {
                fail(alone, new SQLException("the store is away"));
            }
        }
    }

    private void together(Session begun, List<Task<I, O>> batch) throws SQLException {
        List<O> results = writing.write(begun, batch.stream().map(Task::item).toList());
        begun.commit();
        writing.committed();
        for (int i = 0; i < results.size(); i++) {
            batch.get(i).done.complete(results.get(i));
        }
        if (failing) {
            LOG.info("The store takes writes again.");
            failing = false;
        }
    }

    /** Says it once, not once a write. The connection is opened anew for the next batch: this one may be what is broken. */
    private void fail(List<Task<I, O>> batch, Throwable e) {
        if (!failing) {
            LOG.warn("The store refuses writes: {}", e.toString());
            failing = true;
        }
        batch.forEach(task -> task.done.completeExceptionally(e));
        session.close();
    }

    /** Finishes what waits, then closes the connection. Blocks for at most ten seconds. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
