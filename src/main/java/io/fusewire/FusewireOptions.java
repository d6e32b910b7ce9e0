package io.fusewire;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;

/**
 * What a host says before it starts Fusewire in its Camel context. Everything else comes from the host's own properties,
 * then from our defaults; an environment variable goes before all, as it does for the program. Not thread-safe.
 */
public final class FusewireOptions {
    private final CamelContext host;
    private final Properties properties = new Properties();
    private DataSource dataSource;
    private MeterRegistry meterRegistry;
    private final List<RoutesBuilder> routes = new ArrayList<>();

    FusewireOptions(CamelContext host) {
        this.host = host;
    }

    /**
     * Sets a property for this gateway alone.
     *
     * @param property its name as in application.properties: {@code fusewire.webhook.secrets}, {@code sinks.slack.webhook-url}
     */
    public FusewireOptions set(String property, Object value) {
        properties.setProperty(property, String.valueOf(value));
        return this;
    }

    /**
     * A PostgreSQL of the host's as the store, instead of {@code fusewire.store.url} or a file. Of its connections {@code
     * fusewire.store.connections} are taken at most; the tables lie in a schema {@code fusewire}. The host closes it.
     */
    public FusewireOptions dataSource(DataSource database) {
        this.dataSource = database;
        return this;
    }

    /** Where the host counts. Without it, the one in its Camel registry, or else nowhere that can be read. */
    public FusewireOptions meterRegistry(MeterRegistry registry) {
        this.meterRegistry = registry;
        return this;
    }

    /**
     * Rules and sinks of the host's in Java, which are looked at, started and stopped as ours are. They can't be beans:
     * Camel would take those at its own start, before there is a component {@code fusewire}.
     */
    public FusewireOptions routes(RoutesBuilder... builders) {
        routes.addAll(List.of(builders));
        return this;
    }

    /**
     * Starts the gateway; it takes events on return.
     *
     * @throws IllegalArgumentException in one sentence, when a property, a file or a name of the host's is in the way;
     *     nothing of Fusewire is left in the host's context then
     * @throws IllegalStateException when the host's context doesn't run, or has a gateway already
     */
    public Fusewire start() {
        return Fusewire.start(host, this);
    }

    Properties properties() {
        return properties;
    }

    List<RoutesBuilder> routes() {
        return routes;
    }

    DataSource dataSource() {
        return dataSource;
    }

    MeterRegistry meterRegistry() {
        return meterRegistry;
    }
}
