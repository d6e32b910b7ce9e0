package io.fusewire.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A timer's route that does not end in time is told by its id, and no more once it goes on or ends. */
class HousekeepingPolicyTest {
    private static final Duration LATE = Duration.ofSeconds(21);

    private final AtomicLong nanos = new AtomicLong();
    private final HousekeepingPolicy policy = new HousekeepingPolicy(nanos::get);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger reconciled = new AtomicInteger();
    private final LinkedBlockingQueue<CountDownLatch> batches = new LinkedBlockingQueue<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void two_routes_hang() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:retention?period=10&delay=0")
                        .routeId("retention")
                        .routePolicy(policy)
                        .process(sweep -> {
                            while (released.getCount() > 0) {
                                CountDownLatch batch = batches.take();
                                policy.turned();
                                batch.countDown();
                            }
                        });
                from("timer:reconcile?period=10&delay=0")
                        .routeId("reconcile")
                        .routePolicy(policy)
                        .process(turn -> {
                            reconciled.incrementAndGet();
                            released.await();
                        });
            }
        });
        camel.start();
        await().until(() -> reconciled.get() == 1);
    }

    @AfterEach
    void both_end() throws Exception {
        released.countDown();
        batches.add(new CountDownLatch(1));
        camel.close();
    }

    @Test
    void both_are_told_once_they_are_late() {
        assertThat(policy.still()).isEmpty();
        nanos.addAndGet(LATE.toNanos());
        assertThat(policy.still()).isEqualTo(Map.of("retention", LATE, "reconcile", LATE));
    }

    @Test
    void one_that_goes_on_is_not_told_and_hides_none_that_hangs() throws Exception {
        nanos.addAndGet(LATE.toNanos());
        CountDownLatch batch = new CountDownLatch(1);
        batches.add(batch);
        batch.await();
        assertThat(policy.still()).isEqualTo(Map.of("reconcile", LATE));
    }

    @Test
    void one_that_ended_is_told_no_more() {
        nanos.addAndGet(LATE.toNanos());
        released.countDown();
        await().until(() -> reconciled.get() > 1 && !policy.still().containsKey("reconcile"));
    }

    @Test
    void a_thread_of_no_route_says_nothing() {
        nanos.addAndGet(LATE.toNanos());
        policy.turned();
        assertThat(policy.still()).hasSize(2);
    }
}
