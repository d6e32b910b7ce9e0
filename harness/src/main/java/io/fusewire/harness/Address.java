package io.fusewire.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port that leads to a server, and later to another one, as a name or a virtual address does after a switch. What was
 * connected before stays with the server that it was connected to.
 */
final class Address implements AutoCloseable {
    private final ServerSocket socket;
    private volatile int server;

    /** @param server the port that it leads to at first */
    Address(int server) throws IOException {
        this.socket = new ServerSocket(FreePorts.free(), 50, InetAddress.getLoopbackAddress());
        this.server = server;
        daemon(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Whoever connects from now on is led to the server at this port. */
    void leadTo(int port) {
        server = port;
    }

    private void accept() {
        try {
            while (true) {
                Socket in = socket.accept();
                daemon(() -> connect(in));
            }
        } catch (IOException closed) {
            return;
        }
    }

    /** One that is refused is closed, as a virtual address without a server behind it would. */
    private void connect(Socket in) {
        try {
            Socket out = new Socket(InetAddress.getLoopbackAddress(), server);
            daemon(() -> copy(in, out));
            copy(out, in);
        } catch (IOException refused) {
            close(in);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            return;
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "address");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
