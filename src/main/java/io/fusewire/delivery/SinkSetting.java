package io.fusewire.delivery;

import io.fusewire.delivery.SinkAddresses.AddressLookup;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a sink sends anything, and by which properties, without what they say.
 *
 * @param state {@code on}, {@code off}, or {@code prints} where it shows what it would send
 * @param why the properties that are set, or that are not
 */
public record SinkSetting(String sink, String state, String why) {
    static SinkSetting of(AddressLookup lookup) {
        if (lookup.address() == null && lookup.channel() == null) {
            return new SinkSetting(lookup.sink(), "on", "it needs no address");
        }
        Optional<String> shared = names(lookup)
                .filter(name -> lookup.find(null, name).isPresent())
                .map(name -> lookup.property(null, name))
                .findFirst();
        List<String> own = lookup.addresses().sources().stream()
                .filter(source ->
                        names(lookup).anyMatch(name -> lookup.find(source, name).isPresent()))
                .toList();
        String sources = (own.size() == 1 ? "source " : "sources ") + String.join(", ", own);
        if (shared.isPresent()) {
            return new SinkSetting(
                    lookup.sink(), "on", shared.get() + (own.isEmpty() ? "" : ", of their own for " + sources));
        }
        if (!own.isEmpty()) {
            return new SinkSetting(lookup.sink(), "on", "for " + sources + " alone, " + lookup.unset());
        }
        return new SinkSetting(lookup.sink(), lookup.addresses().printsWithout() ? "prints" : "off", lookup.unset());
    }

    private static Stream<String> names(AddressLookup lookup) {
        return Stream.of(lookup.address(), lookup.channel()).filter(Objects::nonNull);
    }
}
