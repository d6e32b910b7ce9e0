package io.fusewire.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's one writer: gathers what many threads want written, writes it in one transaction, and answers each of
 * them after the one commit. A write that fails takes no other with it: the batch is rolled back and each is tried
 * alone. A write whose caller gave up before its turn is left out.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int BATCH = 1_000;
    private static final int WAITING = 10_000;

    /** Something to write; may run twice when a batch fails, so it must have no effect beside the database. */
    interface Write<T> {
        T in(Session session) throws SQLException;
    }

    /** Opens a session; called again after one broke. */
    interface Opening {
        Session open() throws SQLException;
    }

    private record Task<T>(Write<T> write, CompletableFuture<T> done) {
        Runnable runIn(Session session) throws SQLException {
            T result = write.in(session);
            return () -> done.complete(result);
        }
    }

    private final Opening opening;
    private final BlockingQueue<Task<?>> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread = new Thread(this::run, "fusewire-store");
    private volatile boolean closed;
    private Session session;
    private boolean failing;

    GroupCommit(Opening opening) {
        this.opening = opening;
        thread.setDaemon(true);
        thread.start();
    }

    <T> CompletableFuture<T> submit(Write<T> write) {
        Task<T> task = new Task<>(write, new CompletableFuture<>());
        if (closed || !waiting.offer(task)) {
            task.done.completeExceptionally(
                    new SQLException(closed ? "the store is closed" : "too many writes are waiting"));
        }
        return task.done;
    }

    private void run() {
        List<Task<?>> batch = new ArrayList<>(BATCH);
        while (!closed || !waiting.isEmpty()) {
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH - 1);
                commit(batch);
            } catch (InterruptedException e) {
                closed = true;
            }
            batch.clear();
        }
        forget();
    }

    private void commit(List<Task<?>> batch) {
        try {
            begin();
            batch.removeIf(task -> task.done.isDone());
        } catch (SQLException e) {
            fail(batch, e);
            return;
        }
        try {
            together(batch);
        } catch (SQLException | RuntimeException e) {
            rollback();
            if (batch.size() == 1) {
                fail(batch, e);
            } else {
                batch.forEach(task -> commit(new ArrayList<>(List.of(task))));
            }
        }
    }

    private void begin() throws SQLException {
        if (session == null) {
            session = opening.open();
        }
        session.begin();
    }

    private void together(List<Task<?>> batch) throws SQLException {
        List<Runnable> answers = new ArrayList<>(batch.size());
        for (Task<?> task : batch) {
            answers.add(task.runIn(session));
        }
        session.commit();
        answers.forEach(Runnable::run);
        if (failing) {
            LOG.info("The store takes writes again.");
            failing = false;
        }
    }

    /** The connection is opened anew for the next batch: this one may be what is broken. */
    private void fail(List<Task<?>> batch, Exception e) {
        failing(e);
        batch.forEach(task -> task.done.completeExceptionally(e));
        forget();
    }

    /** Says it once, not once a write. */
    private void failing(Exception e) {
        if (!failing) {
            LOG.warn("The store refuses writes: {}", e.toString());
            failing = true;
        }
    }

    private void rollback() {
        if (session != null) {
            try {
                session.rollback();
            } catch (SQLException e) {
                LOG.warn("A roll-back failed; the connection is opened anew: {}", e.toString());
                forget();
            }
        }
    }

    private void forget() {
        if (session != null) {
            try {
                session.close();
            } catch (SQLException e) {
                LOG.debug("A connection did not close", e);
            }
            session = null;
        }
    }

    /** Finishes what waits, then closes the connection. Blocks for at most ten seconds. */
    @Override
    public void close() {
        closed = true;
        submitNothing();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submitNothing() {
        waiting.offer(new Task<>(none -> null, new CompletableFuture<>()));
    }
}
