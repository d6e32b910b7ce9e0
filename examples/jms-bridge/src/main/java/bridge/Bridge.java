package bridge;

import io.fusewire.Fusewire;
import java.util.Map;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** A host with a broker. What goes between the broker and Fusewire is YAML, in the folder {@code fusewire}. */
public final class Bridge implements AutoCloseable {
    public static final String BROKER = "vm://0";

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final CamelContext camel = new DefaultCamelContext();

    public static void main(String[] args) throws Exception {
        Bridge bridge = new Bridge(Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(bridge::close));
    }

    /** @param properties Fusewire's, beside those below */
    public Bridge(Map<String, String> properties) throws Exception {
        broker.start();
        ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(BROKER);
        // Events are text: whatever else a message holds never becomes an object.
        connections.setDeserializationDenyList("*");
        camel.addComponent("jms", JmsComponent.jmsComponentTransacted(connections));
        camel.start();
        var options = Fusewire.into(camel).set("fusewire.config-folder", "fusewire");
        properties.forEach(options::set);
        options.start();
    }

    @Override
    public void close() {
        camel.stop();
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not stop in order", e);
        }
    }
}
