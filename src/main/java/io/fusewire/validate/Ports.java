package io.fusewire.validate;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds ports that somebody listens at: the HTTP server would only log it, and the gateway would serve nobody. */
public final class Ports {
    private Ports() {}

    /**
     * One sentence for each that is taken.
     *
     * @param ports by the property that names them; 0 for any that is free
     */
    public static List<String> faults(Map<String, Integer> ports) {
        List<String> faults = new ArrayList<>();
        new TreeMap<>(ports).forEach((property, port) -> {
            try (ServerSocket free = new ServerSocket(port)) {
                free.setReuseAddress(true);
            } catch (IOException e) {
                faults.add(property + ": port " + port + " is taken; stop what listens there, or set another one.");
            }
        });
        return faults;
    }
}
