package io.fusewire.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.component.SendOnlyEndpoint;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * {@code fusewire:resolve-address}: brings the delivery's address, a secret, to where it is needed, as late as can be: into a
 * field of the JSON body ({@code field}), or as the URL that the next HTTP step calls ({@code url} where that is fixed).
 */
public final class AddressEndpoint extends SendOnlyEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    private String field = "";
    private String url = "";

    public AddressEndpoint(String uri, Component component) {
        super(uri, component);
    }

    @Override
    protected void process(Exchange exchange) throws Exception {
        String address = DeliveryAttempt.of(exchange).address().orElse(null);
        Message message = exchange.getMessage();
        if (field.isEmpty()) {
            message.setHeader(Exchange.HTTP_URI, url.isEmpty() ? address : url);
        } else if (address != null) {
            ObjectNode body = (ObjectNode) JSON.readTree(message.getBody(String.class));
            message.setBody(JSON.writeValueAsString(body.put(field, address)));
        }
    }

    /** The JSON field that takes the address; empty where the address is a URL. */
    public void setField(String field) {
        this.field = field;
    }

    /** The URL to call where the address isn't one. */
    public void setUrl(String url) {
        this.url = url;
    }
}
