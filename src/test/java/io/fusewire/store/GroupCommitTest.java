package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.error.StoreUnavailableException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The thread that commits goes on, whatever a batch, a roll-back or a close throws. */
class GroupCommitTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture(Kind.SQLITE);

    static Stream<Throwable> faults() {
        return Stream.of(
                new SQLException("refused"),
                new IllegalStateException("of the driver"),
                new StackOverflowError(),
                new AssertionError("in a statement"),
                new NoClassDefFoundError("of a driver"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void writes_the_others_where_one_item_throws(Throwable fault) {
        try (GroupCommit<String, String> writer = writer(fault)) {
            CompletableFuture<String> before = writer.write("a");
            CompletableFuture<String> broken = writer.write("broken");
            CompletableFuture<String> after = writer.write("b");
            assertThatThrownBy(() -> WriteStrategy.await(broken)).isInstanceOf(StoreUnavailableException.class);
            assertThat(WriteStrategy.await(before)).isEqualTo("A");
            assertThat(WriteStrategy.await(after)).isEqualTo("B");
            assertThat(WriteStrategy.await(writer.write("c"))).isEqualTo("C");
        }
    }

    /** A driver that throws what JDBC doesn't allow: seen when a pool was closed under a transaction. */
    @Test
    void goes_on_with_a_new_connection_where_the_roll_back_throws_too() {
        Database file = SqliteOpener.open(fixture.folder().resolve("other"), fixture.clock);
        Database broken = (Database) Proxy.newProxyInstance(
                Database.class.getClassLoader(), new Class<?>[] {Database.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("rollback")) {
                        file.rollback((Session) arguments[0]);
                        throw new IllegalStateException("the roll-back");
                    }
                    return method.invoke(file, arguments);
                });
        Session.Statements sql = new Session.Statements("sqlite");
        try (GroupCommit<String, String> writer = new GroupCommit<>(
                () -> new Session(broken, sql), batch(new IllegalStateException("the batch")), PATIENCE)) {
            assertThatThrownBy(() -> WriteStrategy.await(writer.write("broken")))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(WriteStrategy.await(writer.write("a"))).isEqualTo("A");
        }
    }

    private GroupCommit<String, String> writer(Throwable fault) {
        Database file = SqliteOpener.open(fixture.folder().resolve("other"), fixture.clock);
        Session.Statements sql = new Session.Statements(file.dialect());
        return new GroupCommit<>(() -> new Session(file, sql), batch(fault), PATIENCE);
    }

    private static GroupCommit.Batch<String, String> batch(Throwable fault) {
        return (session, items) -> {
            Connection connection = session.connection();
            assertThat(connection.isClosed()).isFalse();
            if (items.contains("broken")) {
                throw GroupCommitTest.<RuntimeException>any(fault);
            }
            return items.stream().map(String::toUpperCase).toList();
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T any(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
