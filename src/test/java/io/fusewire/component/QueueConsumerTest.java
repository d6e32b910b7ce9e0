package io.fusewire.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.component.Workers.Signal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultEndpoint;
import org.junit.jupiter.api.Test;

/** A stop waits for what a worker has in hand, also while no exchange of it is in flight. */
class QueueConsumerTest {
    private final CountDownLatch taken = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile Exchange last;

    @Test
    void a_route_still_runs_for_an_exchange_that_starts_after_the_stop() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(route());
            camel.start();
            taken.await();
        }
        assertThat(last.getException()).isNull();
        assertThat(last.getMessage().getBody()).isEqualTo("done");
    }

    private RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(new Queue(getContext())).setBody(constant("done"));
            }
        };
    }

    private final class Queue extends DefaultEndpoint {
        Queue(CamelContext camel) {
            super("queue:test", null);
            setCamelContext(camel);
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new QueueConsumer(this, processor, new Signal()) {
                @Override
                protected void employ(Workers workers) {
                    work("test", Duration.ofSeconds(1), Duration.ofMinutes(1), this::turn);
                }

                private boolean turn() throws Exception {
                    taken.countDown();
                    asked.await();
                    last = createExchange(false);
                    getProcessor().process(last);
                    return true;
                }

                @Override
                public int getPendingExchangesSize() {
                    int size = super.getPendingExchangesSize();
                    asked.countDown();
                    return size;
                }
            };
        }
    }
}
