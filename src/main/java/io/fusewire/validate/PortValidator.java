package io.fusewire.validate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds ports that a gateway can't listen at. */
public final class PortValidator {
    private static final String TAKEN = " is taken";

    private PortValidator() {}

    /**
     * One sentence for each port that can't be listened at: the HTTP server would only log it, and the gateway would
     * serve nobody. And for two that are one: Camel would serve metrics and admin where webhooks arrive.
     *
     * @param ports by the property that names them; 0 for any that is free
     * @param mayBeTaken whether a gateway is running that has them
     */
    public static List<String> faults(Map<String, InetSocketAddress> ports, boolean mayBeTaken) {
        List<String> faults = new ArrayList<>();
        Map<Integer, String> named = new HashMap<>();
        new TreeMap<>(ports).forEach((property, address) -> {
            String other = address.getPort() == 0 ? null : named.put(address.getPort(), property);
            if (other != null) {
                faults.add(other + " and " + property + " are both " + address.getPort() + "; give each its own port.");
            }
            try (ServerSocket free = new ServerSocket()) {
                free.bind(address);
            } catch (IOException e) {
                String fault = refused(property, address, e);
                if (!mayBeTaken || !fault.contains(TAKEN)) {
                    faults.add(fault);
                }
            }
        });
        return faults;
    }

    /** By the system's words, which differ where the exception does not. */
    static String refused(String property, InetSocketAddress address, IOException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("ermission")) {
            return property + ": this user may not listen at port " + address.getPort()
                    + "; set one from 1024 on, or give the process CAP_NET_BIND_SERVICE.";
        }
        if (said.contains("assign")) {
            return property.replace(".port", ".host") + ": " + address.getHostString()
                    + " is no address of this machine.";
        }
        return property + ": port " + address.getPort() + TAKEN + "; stop what listens there, or set another one.";
    }
}
