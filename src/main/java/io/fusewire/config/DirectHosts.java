package io.fusewire.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.InetAddressUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What no proxy leads to: this machine itself, and what {@code NO_PROXY} lists, with commas or spaces between. An entry is a
 * domain, which stands for all below it too, an address, or a network ({@code 10.0.0.0/8}), each with a port or without;
 * {@code *} is everything. No name is looked up. Immutable and thread-safe.
 */
final class DirectHosts {
    private static final Logger LOG = LoggerFactory.getLogger(DirectHosts.class);
    private static final int MOST = 1_000;
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|\\d?\\d)([.]|$)){4}(?<![.])");

    /**
     * @param domain a domain and all below it, or null
     * @param net the address of a network, or null
     * @param bits how many bits of it count
     * @param port the only port, or -1 for all
     */
    private record Entry(String domain, byte[] net, int bits, int port) {
        boolean holds(String name, byte[] address, int at) {
            if (port >= 0 && port != at) {
                return false;
            }
            if (net == null || address == null) {
                return net == null && address == null && (name.equals(domain) || name.endsWith("." + domain));
            }
            return net.length == address.length && isWithin(address);
        }

        private boolean isWithin(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((net[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final boolean all;
    private final List<Entry> entries = new ArrayList<>();

    DirectHosts(String list) {
        all = list.strip().equals("*");
        for (String entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
            if (!entry.isEmpty() && !all && entries.size() < MOST) {
                add(entry);
            }
        }
    }

    private void add(String entry) {
        int colon = entry.lastIndexOf(':');
        boolean ported = entry.startsWith("[") ? entry.contains("]:") : colon > 0 && entry.indexOf(':') == colon;
        String host = bare(ported ? entry.substring(0, colon) : entry);
        String port = ported ? entry.substring(colon + 1) : "-1";
        int slash = host.indexOf('/');
        byte[] net = address(slash < 0 ? host : host.substring(0, slash));
        String bits = slash < 0 ? String.valueOf(net == null ? 0 : net.length * 8) : host.substring(slash + 1);
        boolean network = net != null && bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= net.length * 8;
        if (!(slash < 0 || network) || !port.matches("-1|\\d{1,5}")) {
            LOG.warn(
                    "NO_PROXY: '{}' is no domain, address or network such as 10.0.0.0/8, with a port or without; it is"
                            + " passed over.",
                    entry);
            return;
        }
        String domain = host.replaceFirst("^[*]?[.]", "").replaceFirst("[.]$", "");
        entries.add(new Entry(net == null ? domain : null, net, Integer.parseInt(bits), Integer.parseInt(port)));
    }

    /** @param port where the target has none */
    boolean holds(HttpHost target, int port) {
        String name = bare(target.getHostName().toLowerCase(Locale.ROOT)).replaceFirst("[.]$", "");
        byte[] address = address(name);
        int at = target.getPort() >= 0 ? target.getPort() : port;
        return all || isLoopback(name, address) || entries.stream().anyMatch(entry -> entry.holds(name, address, at));
    }

    private static boolean isLoopback(String name, byte[] address) {
        try {
            return name.equals("localhost")
                    || address != null && InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An address as bytes; null of a name. */
    private static byte[] address(String host) {
        if (!IPV4.matcher(host).matches() && !InetAddressUtils.isIPv6(host)) {
            return null;
        }
        try {
            return InetAddress.getByName(host).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An address of IPv6 without its brackets. */
    static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
