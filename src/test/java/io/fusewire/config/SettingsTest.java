package io.fusewire.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private final DefaultCamelContext camel = new DefaultCamelContext(false);
    private final Properties properties = new Properties();
    private final Settings settings = new Settings(camel);

    SettingsTest() {
        camel.getPropertiesComponent().setInitialProperties(properties);
        camel.build();
    }

    @ParameterizedTest
    @CsvSource({"1048576, 1048576", "512KiB, 524288", "1MiB, 1048576", "2GiB, 2147483648", "7B, 7"})
    void a_size_is_in_bytes(String text, long bytes) {
        properties.setProperty("size", text);
        assertThat(settings.size("size")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "0, PT0S",
        "1m500ms, PT1M0.5S",
        "30s, PT30S",
        "5m, PT5M",
        "1h30m, PT1H30M",
        "24h, PT24H",
        "7d, PT168H"
    })
    void a_duration_is_in_camels_writing(String text, Duration duration) {
        properties.setProperty("wait", text);
        assertThat(settings.duration("wait")).isEqualTo(duration);
    }

    @Test
    void a_time_zone_has_a_name_and_is_the_systems_without_one() {
        assertThat(settings.zone("zone")).isEqualTo(ZoneId.systemDefault());
        properties.setProperty("zone", "Europe/Berlin");
        assertThat(settings.zone("zone")).isEqualTo(ZoneId.of("Europe/Berlin"));
        properties.setProperty("zone", "Berlin");
        assertThatThrownBy(() -> settings.zone("zone"))
                .hasMessage("zone: 'Berlin' is not a time zone such as Europe/Berlin or UTC");
    }

    @Test
    void a_secret_may_lie_in_a_file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "from-a-file\n");
        properties.setProperty("fusewire.admin.token-file", file.toString());
        assertThat(settings.secret("fusewire.admin.token")).contains("from-a-file");
    }

    @Test
    void the_property_itself_goes_before_its_file() {
        properties.setProperty("fusewire.admin.token", "itself");
        properties.setProperty("fusewire.admin.token-file", "absent");
        assertThat(settings.secret("fusewire.admin.token")).contains("itself");
    }

    @Test
    void blank_is_unset() {
        properties.setProperty("blank", "  ");
        assertThat(settings.find("blank")).isEmpty();
    }

    @Test
    void sources_are_found_by_their_properties() {
        properties.setProperty("fusewire.sources.shop.secrets", "x");
        properties.setProperty("fusewire.sources.my-bot.slack-webhook-url", "x");
        assertThat(settings.sources()).containsExactly("my-bot", "shop");
    }
}
