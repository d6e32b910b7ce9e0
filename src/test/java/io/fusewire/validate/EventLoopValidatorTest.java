package io.fusewire.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

class EventLoopValidatorTest {
    private static final String ON_EVENT_LOOPS = "fusewire-webhooks:/own";

    interface Steps {
        void after(RouteDefinition from);
    }

    @Test
    void what_goes_on_elsewhere_may_wait() throws Exception {
        assertThat(faults(ON_EVENT_LOOPS, from -> from.wireTap("http:audit.example")
                        .delay(1000)
                        .asyncDelayed()
                        .to("log:here")
                        .to("direct:accept")))
                .isEmpty();
    }

    @Test
    void a_route_on_camels_own_threads_may_wait() throws Exception {
        assertThat(faults("platform-http:/own", from -> from.to("http:audit.example")))
                .isEmpty();
    }

    @Test
    void a_target_that_is_found_out_late_may_be_anything() throws Exception {
        assertThat(faults(ON_EVENT_LOOPS, from -> from.toD("${header.where}").id("late")))
                .singleElement()
                .asString()
                .contains("step late calls ${header.where}, which may wait");
        assertThat(faults(
                        ON_EVENT_LOOPS,
                        from -> from.recipientList().header("where").id("many")))
                .singleElement()
                .asString()
                .contains("step many is a recipientList, which may wait");
    }

    @Test
    void an_idempotent_consumer_waits_for_any_repository_but_ours_and_one_in_memory() throws Exception {
        assertThat(faults(ON_EVENT_LOOPS, from -> from.idempotentConsumer()
                        .body()
                        .idempotentRepository("memory")
                        .to("log:here")))
                .isEmpty();
        assertThat(faults(ON_EVENT_LOOPS, from -> from.idempotentConsumer()
                        .body()
                        .idempotentRepository("file")
                        .id("once")
                        .to("log:here")))
                .singleElement()
                .asString()
                .contains("step once is an idempotentConsumer, which may wait");
    }

    @Test
    void routes_that_call_each_other_are_looked_at_once() throws Exception {
        assertThat(faults(ON_EVENT_LOOPS, from -> from.to("direct:again"))).isEmpty();
    }

    private static List<String> faults(String from, Steps steps) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("memory", new MemoryIdempotentRepository());
            camel.getRegistry().bind("file", new FileIdempotentRepository());
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    steps.after(from(from).routeId("own"));
                    from("direct:again").routeId("again").to("direct:again");
                }
            });

            return new EventLoopValidator(camel).faults(camel.getRouteDefinitions());
        }
    }
}
