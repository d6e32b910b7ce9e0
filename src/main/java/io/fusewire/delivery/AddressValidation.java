package io.fusewire.delivery;

import io.fusewire.delivery.SinkAddresses.AddressLookup;
import io.fusewire.signature.StandardWebhook;
import java.util.Set;

/** What is set of a sink's addresses, when it starts: what is half there the first alert would find out. */
record AddressValidation(AddressLookup sink) {
    /**
     * Refuses what no alert could be sent by.
     *
     * @throws IllegalArgumentException in one sentence that names the property
     */
    void refuse() {
        if (sink.secret() != null && isSet(null, sink.address())) {
            secret();
        }
        if (sink.channel() != null) {
            Set<String> sources = sink.addresses().sources();
            boolean used = isSet(null, sink.channel()) || sources.stream().anyMatch(this::hasChannel);
            channel(null, used);
            sources.forEach(source -> channel(source, hasChannel(source)));
        }
    }

    /** An address without a secret, or a secret that is none. */
    private void secret() {
        String known = sink.find(null, sink.secret())
                .orElseThrow(() -> new IllegalArgumentException(property(null, sink.secret()) + " is not set, and "
                        + property(null, sink.address()) + " is; " + sink.sink() + " signs what it sends."));
        try {
            new StandardWebhook(known);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(property(null, sink.secret()) + " " + e.getMessage() + ".", e);
        }
    }

    /**
     * A channel without a token, a token without a channel, or an address beside them.
     *
     * @param source whose, or null for the sink's own
     * @param used whether there is a channel that a token which is set here would open
     */
    private void channel(String source, boolean used) {
        boolean channel = isSet(source, sink.channel());
        boolean token = isSet(source, sink.token());
        if (isSet(source, sink.address()) && (channel || token)) {
            throw new IllegalArgumentException(property(source, sink.address()) + " and "
                    + property(source, channel ? sink.channel() : sink.token())
                    + " are both set, and a message goes one way; remove one of them.");
        }
        if (channel && !token && !isSet(null, sink.token())) {
            throw new IllegalArgumentException(property(source, sink.channel()) + " is set and "
                    + property(null, sink.token()) + " is not; a channel needs the token of a bot.");
        }
        if (token && !used) {
            throw new IllegalArgumentException(property(source, sink.token()) + " is set and "
                    + property(source, sink.channel()) + " is not; say where the bot posts.");
        }
    }

    private boolean hasChannel(String source) {
        return isSet(source, sink.channel());
    }

    private boolean isSet(String source, String name) {
        return sink.find(source, name).isPresent();
    }

    private String property(String source, String name) {
        return sink.property(source, name);
    }
}
