package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fusewire.testing.Postgres;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that can't be the store: one sentence that names the property and what to do, and no secret. */
class PostgresOpenerTest {
    private static final String PASSWORD = "a-password-that-nobody-may-see";

    private final String url = Postgres.database();
    private final String place = url.substring("jdbc:postgresql://".length());

    @Test
    void a_url_of_something_else_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PostgresLocation("jdbc:mysql://somewhere/db?password=" + PASSWORD, "", ""))
                .withMessage("fusewire.store.url does not begin with jdbc:postgresql://; it is"
                        + " jdbc:postgresql://host:5432/database");
    }

    @Test
    void a_port_where_nobody_answers_is_refused() {
        refused(
                "jdbc:postgresql://localhost:1/db",
                Postgres.USER,
                "fusewire.store.url: no PostgreSQL answers at localhost:1/db");
    }

    @Test
    void a_wrong_password_is_refused() {
        Postgres.execute(url, "SET password_encryption = 'scram-sha-256'");
        Postgres.execute(url, "CREATE ROLE \"" + place.replaceAll("\\W", "_") + "\"");
        refused(
                url,
                place.replaceAll("\\W", "_"),
                "fusewire.store.user, fusewire.store.password: PostgreSQL refused them at " + place);
    }

    @Test
    void a_database_that_is_not_there_is_refused() {
        refused(
                url + "_not",
                Postgres.USER,
                "fusewire.store.url: there is no such database at " + place + "_not; create it");
    }

    @Test
    void a_user_that_may_not_create_tables_is_refused() {
        String user = place.replaceAll("\\W", "_") + "_reader";
        Postgres.execute(url, "CREATE ROLE \"" + user + "\" LOGIN");
        refused(
                url,
                user,
                "fusewire.store.user: may not create the store's tables at " + place
                        + "; grant it CREATE on the database, or on a schema that currentSchema in the URL names");
        assertThat(Postgres.rows(url, "SELECT nspname FROM pg_namespace WHERE nspname = 'fusewire'"))
                .isEmpty();
    }

    @Test
    void a_schema_that_is_somebody_elses_is_refused() {
        Postgres.execute(url, "CREATE TABLE public.orders (id INTEGER)");
        refused(
                url + "?currentSchema=public",
                Postgres.USER,
                "fusewire.store.url: the schema public is not Fusewire's: it holds the tables orders; name a place of"
                        + " its own");
        assertThat(Postgres.rows(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly("orders");
    }

    @Test
    void a_newer_schema_and_an_older_one_are_refused() {
        open(url, Postgres.USER).close();
        Postgres.execute(url, "UPDATE fusewire.schema_version SET version = 99");
        refused(
                url,
                Postgres.USER,
                "fusewire.store.url: the schema fusewire was made by a newer Fusewire (schema 99, this one knows 7);"
                        + " run that one, or name another place");
        Postgres.execute(url, "UPDATE fusewire.schema_version SET version = 1");
        refused(
                url,
                Postgres.USER,
                "fusewire.store.url: the schema fusewire was made by an older Fusewire (schema 1, this one knows 4 to 7);"
                        + " name another place, and let the old one empty its own first");
    }

    @Test
    void a_commit_is_on_disk_where_the_database_says_that_it_need_not_be() {
        String database = place.substring(place.indexOf('/') + 1);
        Postgres.execute(url, "ALTER DATABASE " + database + " SET synchronous_commit = off");
        try (Store store = open(url, Postgres.USER)) {
            assertThat(store.read(PostgresOpenerTest::synchronousCommit)).isEqualTo("on");
        }
    }

    private static String synchronousCommit(Session session) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery("SHOW synchronous_commit")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static void refused(String url, String user, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(url, user))
                .withMessage(sentence)
                .withMessageNotContaining(PASSWORD);
    }

    private static Store open(String url, String user) {
        return Store.shared(new PostgresLocation(url, user, PASSWORD), 3, Duration.ofSeconds(5));
    }
}
