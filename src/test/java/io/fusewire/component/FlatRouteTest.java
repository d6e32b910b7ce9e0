package io.fusewire.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.component.Steps.SendOnlyEndpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A flat route takes the steps that Camel's engine takes, whatever they throw. */
class FlatRouteTest {
    private static final String TAKEN = "taken";

    private final DefaultCamelContext camel = new DefaultCamelContext();

    /** A step of the test: notes its name; one whose name begins with "throws" then throws. */
    private static final class Noting extends SendOnlyEndpoint {
        private final String name;

        Noting(String uri, FusewireComponent owner, String name) {
            super(uri, owner);
            this.name = name;
        }

        @Override
        @SuppressWarnings("unchecked")
        protected void process(Exchange exchange) {
            exchange.getProperty(TAKEN, List.class).add(name);
            if (name.equals("throws")) {
                throw new IllegalStateException("a step of the test");
            }
            if (name.equals("overflows")) {
                throw new StackOverflowError();
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        FusewireComponent component = new FusewireComponent();
        component.register(
                "note/<name>", (uri, owner, name, parameters) -> new Noting(uri, (FusewireComponent) owner, name));
        camel.addComponent("fusewire", component);
        camel.getPropertiesComponent().addInitialProperty("limit", "5");
        camel.getPropertiesComponent().addInitialProperty("off", "true");
        camel.start();
        camel.addRoutesConfigurations(new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                routeConfiguration("goes-on").onException(Throwable.class).continued(true);
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
    }

    static Stream<Consumer<RouteDefinition>> routes() {
        return Stream.of(
                route -> route.filter()
                        .simple("${header.level} == 'ERROR'")
                        .to("fusewire:note/a")
                        .end()
                        .to("fusewire:note/b"),
                route -> route.filter()
                        .simple("${header.value} < {{limit}}")
                        .filter()
                        .simple("${header.Level} != 'ERROR'")
                        .to("fusewire:note/a")
                        .end()
                        .to("fusewire:note/b")
                        .end()
                        .to("fusewire:note/c"),
                route -> route.choice()
                        .when()
                        .simple("${header.type} in 'one,two'")
                        .to("fusewire:note/a")
                        .when()
                        .simple("${header.type} startsWith 't'")
                        .to("fusewire:note/b")
                        .otherwise()
                        .to("fusewire:note/c")
                        .end()
                        .to("fusewire:note/d"),
                route -> route.choice()
                        .when(exchange -> exchange.getMessage().getHeader("value") != null)
                        .choice()
                        .when()
                        .simple("${header.value} > 3")
                        .to("fusewire:note/a")
                        .end()
                        .end(),
                route -> route.filter()
                        .simple("${body.noSuchFact} == 'x'")
                        .to("fusewire:note/a")
                        .end()
                        .to("fusewire:note/b"),
                route -> route.choice()
                        .when()
                        .simple("${body.noSuchFact} == 'x'")
                        .to("fusewire:note/a")
                        .otherwise()
                        .to("fusewire:note/b")
                        .end()
                        .to("fusewire:note/c"),
                route -> route.filter()
                        .simple("${header.level} == 'ERROR'")
                        .to("fusewire:note/throws")
                        .to("fusewire:note/a")
                        .end()
                        .to("fusewire:note/b"),
                route -> route.to("fusewire:note/overflows").to("fusewire:note/a"),
                route -> route.filter()
                        .simple("${header.level} == 'ERROR'")
                        .to("fusewire:note/a")
                        .stop()
                        .end()
                        .to("fusewire:note/b"),
                route -> route.choice()
                        .when()
                        .simple("${header.type} == 'one'")
                        .stop()
                        .otherwise()
                        .to("fusewire:note/a")
                        .end()
                        .to("fusewire:note/b"),
                route -> route.to("fusewire:note/a")
                        .disabled("true")
                        .to("fusewire:note/b")
                        .disabled("false")
                        .filter()
                        .simple("${header.type} == 'one'")
                        .disabled("{{off}}")
                        .to("fusewire:note/c")
                        .end()
                        .to("fusewire:note/d"),
                route -> route.filter(
                                exchange -> exchange.getMessage().getHeaders().containsKey("VALUE"))
                        .to("fusewire:note/a")
                        .end()
                        .filter()
                        .simple("${headers.size} > 2")
                        .to("fusewire:note/b"),
                route -> route.filter()
                        .header("value")
                        .to("fusewire:note/a")
                        .end()
                        .filter()
                        .simple("${header.labels} contains 'production'")
                        .to("fusewire:note/b"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void it_takes_the_steps_that_the_engine_takes(Consumer<RouteDefinition> steps) throws Exception {
        FlatRoute flat = FlatRoute.of(camel, added(steps));
        int taken = 0;
        for (Map<String, Object> labels : allLabels()) {
            List<String> flatly = new ArrayList<>();
            Exchange exchange = Steps.exchange(camel, "a body", labels, Map.of());
            exchange.setProperty(TAKEN, flatly);
            flat.take(exchange, (step, what) -> {});
            assertThat(flatly).as("with %s", labels).isEqualTo(byTheEngine(labels));
            taken += flatly.size();
        }
        assertThat(taken).as("all steps that were taken").isPositive();
    }

    @Test
    void what_a_step_throws_is_told_with_the_step() throws Exception {
        FlatRoute flat = FlatRoute.of(camel, added(route -> route.to("fusewire:note/throws")
                .id("first")
                .filter()
                .simple("${body.noSuchFact} == 'x'")
                .id("second")
                .to("fusewire:note/a")
                .end()
                .to("fusewire:note/overflows")
                .id("third")));
        Exchange exchange = Steps.exchange(camel, "a body", Map.of(), Map.of());
        exchange.setProperty(TAKEN, new ArrayList<>());
        Map<String, Throwable> thrown = new HashMap<>();
        flat.take(exchange, thrown::put);
        assertThat(thrown).containsOnlyKeys("first", "second", "third");
        assertThat(thrown.get("first")).hasMessage("a step of the test");
        assertThat(thrown.get("third")).isInstanceOf(StackOverflowError.class);
    }

    static Stream<Consumer<RouteDefinition>> others() {
        return Stream.of(
                route -> route.to("fusewire:note/a").log("said").id("other"),
                route -> route.filter()
                        .simple("${header.type} == 'one'")
                        .delay(5)
                        .id("other"),
                route -> route.choice()
                        .when()
                        .simple("${header.type} == 'one'")
                        .process(any -> {})
                        .id("other"),
                route -> route.choice()
                        .when()
                        .simple("${header.type} == 'one'")
                        .to("fusewire:note/a")
                        .otherwise()
                        .setBody()
                        .constant("x")
                        .id("other"),
                route -> route.to("direct:elsewhere").id("other"),
                route -> route.toV("fusewire:note/a", "said", null).id("other"),
                route -> route.choice()
                        .precondition()
                        .id("other")
                        .when()
                        .simple("{{off}}")
                        .to("fusewire:note/a"),
                route -> route.onException(IllegalStateException.class)
                        .id("other")
                        .continued(true)
                        .end()
                        .to("fusewire:note/a"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void a_step_of_another_kind_is_found(Consumer<RouteDefinition> steps) throws Exception {
        assertThat(FlatRoute.other(camel, added(steps)).orElseThrow().getId()).isEqualTo("other");
    }

    @Test
    void a_step_that_is_off_and_the_policy_that_a_route_asks_for_are_no_others() throws Exception {
        RouteDefinition route =
                added(steps -> steps.log("said").disabled("true").to("fusewire:note/a"));
        assertThat(route.getOutputs()).as("with the policy's").hasSize(3);
        assertThat(FlatRoute.other(camel, route)).isEqualTo(Optional.empty());
    }

    private RouteDefinition added(Consumer<RouteDefinition> steps) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from("direct:in").routeId("in").routeConfigurationId("goes-on");
                route.addInterceptStrategy(new Steps.ErrorContainment());
                steps.accept(route);
            }
        });
        return camel.getRouteDefinition("in");
    }

    private List<String> byTheEngine(Map<String, Object> labels) throws Exception {
        List<String> taken = new ArrayList<>();
        Exchange exchange = new DefaultExchange(camel);
        exchange.setProperty(TAKEN, taken);
        exchange.getMessage().setBody("a body");
        exchange.getMessage().setHeaders(new HashMap<>(labels));
        camel.createProducerTemplate().send("direct:in", exchange);
        return taken;
    }

    private static List<Map<String, Object>> allLabels() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String type : List.of("one", "two", "three", "none")) {
            for (String level : List.of("ERROR", "none")) {
                for (Double value : new Double[] {null, 1.0, 4.0, 9.0}) {
                    Map<String, Object> labels =
                            new HashMap<>(Map.of("type", type, "level", level, "labels", List.of("production", "x")));
                    if (value != null) {
                        labels.put("value", value);
                    }
                    all.add(labels);
                }
            }
        }
        return all;
    }
}
