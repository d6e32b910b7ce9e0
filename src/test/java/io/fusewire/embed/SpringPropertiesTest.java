package io.fusewire.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.Fusewire;
import io.fusewire.config.PollConfig;
import io.fusewire.config.Secrets;
import io.fusewire.config.Settings;
import io.fusewire.testing.RunningGateway;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.spi.PropertiesSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** A host whose properties are Spring's: Camel finds them by name, and their names are Spring's to list. */
class SpringPropertiesTest {
    @RegisterExtension
    final Host host = new Host();

    private final Map<String, Object> yaml = new LinkedHashMap<>();

    @BeforeEach
    void bring() {
        StandardEnvironment spring = new StandardEnvironment();
        spring.getPropertySources().addFirst(new MapPropertySource("application.yaml", yaml));
        host.camel().getRegistry().bind("environment", spring);
        host.camel().getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
            @Override
            public String getName() {
                return "as Camel's bridge to Spring has it";
            }

            @Override
            public String getProperty(String name) {
                return spring.getProperty(name);
            }
        });
    }

    @Test
    void a_list_a_source_and_a_poll_are_read() throws Exception {
        yaml.put("fusewire.sources.shop.secrets[0]", "lf-whsec_1");
        yaml.put("fusewire.sources.shop.secrets[1]", "lf-whsec_2");
        yaml.put("fusewire.poll.shop.public-key", "pk-lf-1");
        yaml.put("fusewire.poll.shop.secret-key", "sk-lf-1");
        yaml.put("fusewire.poll.shop.base-url", "http://localhost:1");
        try (Fusewire gateway = host.gateway().start()) {
            Settings settings = new Settings(host.camel());
            Secrets secrets = new Secrets(settings);
            assertThat(gateway.ready()).isTrue();
            assertThat(settings.sources()).containsExactly("shop");
            assertThat(secrets.webhook("shop")).containsExactly("lf-whsec_1", "lf-whsec_2");
            assertThat(new PollConfig(settings, secrets).configured()).hasSize(1);
        }
    }

    @Test
    void each_secret_of_a_list_is_good_for_its_source() throws Exception {
        yaml.put("fusewire.sources.shop.secrets[0]", "lf-whsec_of-yesterday");
        yaml.put("fusewire.sources.shop.secrets[1]", Host.SECRET);
        yaml.put("fusewire.sources.eu.secrets[0]", Host.SECRET);
        yaml.put("fusewire.sources.eu.secrets[1]", "lf-whsec_of-tomorrow");
        yaml.put("fusewire.sources.us.secrets[0]", "lf-whsec_of-yesterday");
        try (Fusewire gateway = host.gateway().start()) {
            assertThat(gateway.ready()).isTrue();
            String event = RunningGateway.fresh("trace-created");
            assertThat(host.post(host.port(), "/shop", event)).isEqualTo("200 {\"received\":true}");
            assertThat(host.post(host.port(), "/eu", event)).isEqualTo("200 {\"received\":true}");
            assertThat(host.post(host.port(), "/us", event)).startsWith("401 ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fusewire.poll.shop.publik-key, fusewire.poll.<name>.public-key",
        "fusewire.poll.shop.secret-keys[0], fusewire.poll.<name>.secret-key",
        "fusewire.poll.shop.intervall, fusewire.poll.interval",
        "fusewire.poll.requests-per-minutes, fusewire.poll.requests-per-minute",
        "fusewire.polls.shop.base-url, fusewire.poll.<name>.base-url"
    })
    void a_misspelt_name_of_a_poll_is_refused_by_name(String name, String meant) {
        yaml.put(name, "1m");
        assertThatThrownBy(() -> host.gateway().start())
                .hasMessage("There is no property '" + name.replace("[0]", "") + "'; did you mean '" + meant + "'?");
    }

    @Test
    void a_misspelt_name_and_a_wrong_value_are_refused_by_name() {
        yaml.put("fusewire.webhook.tolerence", "5m");
        assertThatThrownBy(() -> host.gateway().start())
                .hasMessage("There is no property 'fusewire.webhook.tolerence'; did you mean"
                        + " 'fusewire.webhook.tolerance'?");
        yaml.clear();
        yaml.put("fusewire.delivery.pause", "5 minutes");
        assertThatThrownBy(() -> host.gateway().start())
                .hasMessage("fusewire.delivery.pause: '5 minutes' is not a duration such as 30s or 5m.");
    }

    @Test
    void names_in_spring_s_writing_and_names_of_others_are_left_alone() {
        yaml.put("fusewire.webhook.maxBodySize", "1MiB");
        yaml.put("sinks.of-the-host", "x");
        try (Fusewire gateway = host.gateway().start()) {
            assertThat(gateway.ready()).isTrue();
        }
    }
}
