package io.fusewire.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** A timer's route that does not end in time is told by its id, and no more once it goes on or ends. */
class HousekeepingPolicyTest {
    private final AtomicLong nanos = new AtomicLong();
    private final HousekeepingPolicy policy = new HousekeepingPolicy(nanos::get);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @Test
    void one_that_hangs_is_told_and_work_that_goes_on_is_not() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("timer:sweep?period=10&delay=0")
                            .routeId("sweep")
                            .routePolicy(policy)
                            .process(turn -> {
                                begun.incrementAndGet();
                                released.await();
                            });
                }
            });
            camel.start();
            await().until(() -> begun.get() == 1);
            assertThat(policy.still()).isEmpty();
            nanos.addAndGet(Duration.ofSeconds(21).toNanos());
            assertThat(policy.still()).containsEntry("sweep", Duration.ofSeconds(21));
            policy.turned();
            assertThat(policy.still()).isEmpty();
            nanos.addAndGet(Duration.ofSeconds(21).toNanos());
            released.countDown();
            await().until(() -> begun.get() > 1 && policy.still().isEmpty());
        }
    }
}
