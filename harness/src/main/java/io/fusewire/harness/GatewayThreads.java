package io.fusewire.harness;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The threads of a gateway, over the JVM's debug interface: nothing in the product knows of it. */
final class GatewayThreads implements AutoCloseable {
    /** Those that do the gateway's work; the JVM's own are left alone. */
    private static final String WORKING =
            "fusewire-.*|vert\\.x-(eventloop|acceptor)-.*|Camel .* - (fusewire|timer).*|CompletableFutureDelayScheduler";

    private final VirtualMachine machine;

    private GatewayThreads(VirtualMachine machine) {
        this.machine = machine;
    }

    /** What a gateway is started with, so that it can be attached to at the port. */
    static String option(int port) {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
    }

    static GatewayThreads attach(int port) throws Exception {
        AttachingConnector sockets = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow(() -> new IOException("this JDK has no debug interface over sockets"));
        Map<String, Connector.Argument> arguments = sockets.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(String.valueOf(port));
        // For a moment after another has let go of it nobody listens.
        VirtualMachine[] machine = new VirtualMachine[1];
        Waiting.until("a gateway can be attached to", 10, () -> {
            try {
                machine[0] = sockets.attach(arguments);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return new GatewayThreads(machine[0]);
    }

    /** The names of those that work, without the numbers that Camel gives, each once. */
    List<String> names() {
        return working().map(GatewayThreads::name).distinct().sorted().toList();
    }

    /** One of this name; none where it has ended meanwhile, as those of a pool do. */
    Optional<ThreadReference> named(String name) {
        return working().filter(thread -> name(thread).equals(name)).findFirst();
    }

    private Stream<ThreadReference> working() {
        return machine.allThreads().stream().filter(thread -> thread.name().matches(WORKING));
    }

    private static String name(ThreadReference thread) {
        return thread.name().replaceFirst("^Camel .* - ", "");
    }

    /** Has a thread throw an error of the JVM's own that it keeps at hand, wherever it is. */
    void kill(String name, String error) throws Exception {
        for (ReferenceType type : machine.classesByName(error)) {
            List<ObjectReference> kept = type.instances(1);
            if (!kept.isEmpty()) {
                Optional<ThreadReference> thread = named(name);
                if (thread.isPresent()) {
                    thread.get().stop(kept.get(0));
                }
                return;
            }
        }
        throw new Scenario.Skipped("this JVM keeps no " + error + " at hand");
    }

    /** Where the gateway has ended, as it does out of memory, nothing is left to let go of. */
    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException e) {
            System.out.println("  parts: the gateway ended while it was looked at");
        }
    }
}
