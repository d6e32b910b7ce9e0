package io.fusewire.webhook;

import java.time.Duration;

/** What an HTTP server of ours gives to those who ask it. Sizes are in bytes, times in nanoseconds. */
public final class HttpLimits {
    final int connections;
    final int header;
    final long body;
    final int requests;
    final long inFlight;
    final long idle;
    final long bodyTime;

    /**
     * @param connections the most at once
     * @param header the most of a request's headers together
     * @param body the most of a request's body
     * @param requests the most at once whose body is in, and whose answer has not begun
     * @param inFlight the most that all bodies cost at once, those among them that still come in
     * @param idle how long a connection may be without a request; one whose headers come slowly has none yet
     * @param bodyTime how long a body may take to come in
     */
    public HttpLimits(
            int connections, int header, long body, int requests, long inFlight, Duration idle, Duration bodyTime) {
        this.connections = connections;
        this.header = header;
        this.body = body;
        this.requests = requests;
        this.inFlight = inFlight;
        this.idle = idle.toNanos();
        this.bodyTime = bodyTime.toNanos();
    }
}
