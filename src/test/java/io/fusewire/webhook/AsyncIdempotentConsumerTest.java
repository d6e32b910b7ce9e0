package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.testing.RunningGateway;
import io.netty.channel.DefaultEventLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.IdempotentConsumer;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** The Idempotent Consumer of the route is the asynchronous one over the inbox, and Camel's own over all else. */
class AsyncIdempotentConsumerTest {
    @TempDir
    Path folder;

    @Test
    void a_gateway_s_filter_is_asynchronous_and_counts_its_duplicates() {
        try (RunningGateway gateway = RunningGateway.in(folder, Map.of())) {
            String event = RunningGateway.fresh("trace-error");
            gateway.post(event);
            gateway.post(event);
            assertThat(gateway.camel().getProcessor("store-once", IdempotentConsumer.class))
                    .isExactlyInstanceOf(AsyncIdempotentConsumer.class)
                    .satisfies(filter ->
                            assertThat(filter.getDuplicateMessageCount()).isEqualTo(1));
        }
    }

    @Test
    void a_filter_over_another_repository_stays_camel_s() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:own")
                            .idempotentConsumer(body(), new MemoryIdempotentRepository())
                            .id("own")
                            .process(exchange -> {});
                }
            });
            camel.start();
            assertThat(camel.getProcessor("own", IdempotentConsumer.class))
                    .isExactlyInstanceOf(IdempotentConsumer.class);
        }
    }

    @Test
    void an_engineer_s_filter_over_a_table_stays_camel_s_and_passes_each_key_once() throws Exception {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + folder.resolve("reports.db"));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("reportsSeen", new JdbcMessageIdRepository(database, "reports"));
            List<String> passed = new ArrayList<>();
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:reports")
                            .idempotentConsumer(body())
                            .idempotentRepository("reportsSeen")
                            .id("own")
                            .process(
                                    exchange -> passed.add(exchange.getMessage().getBody(String.class)));
                }
            });
            camel.start();
            for (String report : List.of("one", "two", "one")) {
                camel.createProducerTemplate().sendBody("direct:reports", report);
            }
            assertThat(camel.getProcessor("own", IdempotentConsumer.class))
                    .isExactlyInstanceOf(IdempotentConsumer.class);
            assertThat(passed).containsExactly("one", "two");
        }
    }

    @Test
    void an_inbox_that_camel_s_own_filter_has_taken_refuses_to_start() {
        assertThatThrownBy(() -> new InboxRepository(null).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("META-INF/services/org/apache/camel/model/IdempotentConsumerDefinition");
    }

    @Test
    void an_event_loop_is_woken_once_for_all_that_a_commit_has_stored() throws Exception {
        AtomicInteger woken = new AtomicInteger();
        DefaultEventLoop loop = new DefaultEventLoop() {
            @Override
            public void execute(Runnable task) {
                woken.incrementAndGet();
                super.execute(task);
            }
        };
        try {
            AsyncIdempotentConsumer.Resumption resumption = new AsyncIdempotentConsumer.Resumption(loop);
            List<String> gone = new ArrayList<>();
            CountDownLatch busy = new CountDownLatch(1);
            loop.submit(() -> {
                busy.await();
                return null;
            });
            for (String next : List.of("one", "two", "three")) {
                resumption.add(() -> gone.add(next));
            }
            assertThat(woken).hasValue(2);
            busy.countDown();
            loop.submit(() -> {}).get();
            resumption.add(() -> gone.add("four"));
            loop.submit(() -> {}).get();
            assertThat(gone).containsExactly("one", "two", "three", "four");
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}
