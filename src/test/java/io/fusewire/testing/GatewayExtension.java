package io.fusewire.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A running gateway with a folder of its own: one for each test, or one for all tests of a class where the field is
 * static. At the end it is closed, and no sink may have been sent what breaks its published limits.
 */
public final class GatewayExtension extends GatewayClient
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final FakeSinks sinks;
    private final TestFolder folder = new TestFolder();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private boolean startedByTest;
    private boolean ofTheClass;
    private RunningGateway running;

    /** One without sinks. */
    public GatewayExtension() {
        this(null);
    }

    /** One that alerts these, which are closed with it. */
    public GatewayExtension(FakeSinks sinks) {
        this.sinks = sinks;
        if (sinks != null) {
            properties.putAll(sinks.properties());
        }
    }

    /** Sets a property, for the next start. */
    public GatewayExtension with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    public GatewayExtension with(Map<String, String> more) {
        properties.putAll(more);
        return this;
    }

    public GatewayExtension without(String property) {
        properties.remove(property);
        return this;
    }

    /** Writes a file into the config folder, for the next start. */
    public GatewayExtension withFile(String file, String text) {
        folder.write(file, text);
        return this;
    }

    /** Leaves it to the test to start it. */
    public GatewayExtension startedByTest() {
        startedByTest = true;
        return this;
    }

    public void start() {
        running = RunningGateway.in(folder(), properties);
    }

    public void close() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** Closes it and starts it again in the same folder, with the properties that are set by now. */
    public void restart() {
        close();
        start();
    }

    /** Where its config and its data lie. */
    public Path folder() {
        return folder.path();
    }

    public StoreFile store() {
        return new StoreFile(folder());
    }

    @Override
    public CamelContext camel() {
        return running.camel();
    }

    @Override
    public TestClock clock() {
        return running.clock();
    }

    @Override
    public int port() {
        return running.port();
    }

    @Override
    public int managementPort() {
        return running.managementPort();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ofTheClass = true;
        begin();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!ofTheClass) {
            begin();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!ofTheClass) {
            end();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    private void begin() {
        if (!startedByTest) {
            start();
        }
    }

    private void end() {
        try (folder;
                sinks) {
            close();
        }
        if (sinks != null) {
            assertThat(sinks.violations()).isEmpty();
        }
    }
}
