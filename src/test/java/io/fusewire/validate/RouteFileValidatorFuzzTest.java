package io.fusewire.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fusewire.testing.CpuTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whatever stands in a route file: it is told in sentences that name the file, and never by another exception. */
class RouteFileValidatorFuzzTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final String YAML = "routes/own.camel.yaml";
    private static final String RULE = "routes/rules/own.camel.yaml";
    private static final String XML = "routes/own.camel.xml";

    @FuzzTest
    void a_file_is_good_or_told_in_sentences_that_name_it(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Map<String, String> files = new LinkedHashMap<>();
        for (String file : List.of(YAML, RULE, XML)) {
            files.put(file, text);
        }
        List<String> faults = CpuTime.within(BOUND, () -> RouteFileValidator.faults(files));
        assertThat(faults).allMatch(fault -> files.keySet().stream().anyMatch(fault::startsWith));
        assertThat(RouteFileValidator.faults(files)).isEqualTo(faults);
    }
}
