package io.fusewire.harness;

import java.io.IOException;
import java.net.ServerSocket;

/** Ports that nobody listens at. */
public final class Ports {
    private Ports() {}

    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
