package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fusewire.error.InvalidRequestException;
import io.fusewire.testing.CpuTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.TypeConversionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.bean.ParameterBindingException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Whatever stands in the parameters of {@code /admin/dead-letters}: it selects what it says, or is refused, as the calls
 * of {@code routes/admin.camel.yaml} hand it over.
 */
class DeadLettersFuzzTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final int KEPT = 5;
    private static final Pattern CALL =
            Pattern.compile("(?m)^ *ref: fusewire-dead-letters\n *method: ((\\w+)\\(.*\\))$");
    private static final StoreFixture STORE = new StoreFixture(Kind.SQLITE);
    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
    private static ProducerTemplate template;
    private static int events;

    @BeforeAll
    static void open() throws Exception {
        STORE.beforeEach(null);
        String routes = Files.readString(Path.of("src/main/resources/routes/admin.camel.yaml"));
        CAMEL.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                CALL.matcher(routes).results().forEach(call -> from("direct:" + call.group(2))
                        .bean(STORE.deadLetters, call.group(1).replaceAll("\\{\\{.*?}}", "100")));
            }
        });
        CAMEL.start();
        template = CAMEL.createProducerTemplate();
    }

    @AfterAll
    static void close() throws IOException {
        CAMEL.close();
        STORE.afterEach(null);
    }

    /** @param input the parameters sink, after, limit and id, one a line */
    @FuzzTest
    void a_parameter_selects_what_it_says_or_is_refused(byte[] input) {
        fill();
        String[] lines = (new String(input, StandardCharsets.UTF_8) + "\n\n\n\n").split("\n", -1);
        Map<String, Object> headers = new HashMap<>();
        List<String> names = List.of("sink", "after", "limit", "id");
        for (String name : names) {
            String value = lines[names.indexOf(name)];
            if (!value.isEmpty()) {
                headers.put(name, value);
            }
        }
        List<Long> all = ids();

        if (call("list", headers) instanceof List<?> listed) {
            assertThat(all)
                    .containsAll(listed.stream().map(DeadLettersFuzzTest::id).toList());
        }
        if (call("get", headers) instanceof Map<?, ?> shown) {
            assertThat(all).contains(id(shown));
        }
        assertThat(ids()).as("what is read stays").isEqualTo(all);
        ends(all, Boolean.TRUE.equals(call("replay", headers)) ? 1 : 0);
        ends(ids(), Boolean.TRUE.equals(call("discard", headers)) ? 1 : 0);
        ends(ids(), call("replayAll", headers) instanceof Integer count ? count : 0);
    }

    private static void ends(List<Long> before, int count) {
        assertThat(ids()).hasSize(before.size() - count);
    }

    private static Object call(String method, Map<String, Object> headers) {
        Exchange done = CpuTime.within(
                BOUND,
                () -> template.request(
                        "direct:" + method, exchange -> exchange.getMessage().setHeaders(new HashMap<>(headers))));
        if (done.getException() == null) {
            return done.getMessage().getBody();
        }
        Throwable why = done.getException();
        while (why.getCause() != null) {
            why = why.getCause();
        }
        assertThat(why)
                .as(method)
                .isInstanceOfAny(
                        ParameterBindingException.class,
                        TypeConversionException.class,
                        IllegalArgumentException.class,
                        InvalidRequestException.class);
        return null;
    }

    private static List<Long> ids() {
        return STORE.deadLetters.list(null, null, 1_000).stream()
                .map(DeadLettersFuzzTest::id)
                .toList();
    }

    private static Long id(Object deadLetter) {
        return (Long) ((Map<?, ?>) deadLetter).get("id");
    }

    private static void fill() {
        for (int missing = KEPT - ids().size(); missing > 0; missing--) {
            PendingEvents.ClaimedEvent event = STORE.claimed("event " + events++);
            STORE.settle(List.of(new Decision(event, List.of(), List.of(), "own-rule", "it failed")));
        }
    }
}
