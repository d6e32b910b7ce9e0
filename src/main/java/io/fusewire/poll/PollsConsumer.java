package io.fusewire.poll;

import io.fusewire.component.FailureReason;
import io.fusewire.component.QueueConsumer;
import io.fusewire.component.Workers;
import io.fusewire.component.Workers.Signal;
import io.fusewire.error.FatalErrors;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.error.UnexpectedResponseException;
import io.fusewire.poll.client.Poll;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread for each poll: sends its question through the route, and tells it how that ended. */
final class PollsConsumer extends QueueConsumer {
    static final String POLL = "poll";

    private static final Logger LOG = LoggerFactory.getLogger(PollsConsumer.class);

    /** Longer than the longest question, and than a wait for the store. */
    private static final Duration LONGEST = Duration.ofSeconds(28);

    private final PollsEndpoint polls;
    private final PollModule module;

    PollsConsumer(PollsEndpoint endpoint, Processor processor) {
        super(endpoint, processor, new Signal());
        this.polls = endpoint;
        this.module = endpoint.module();
    }

    @Override
    protected void employ(Workers workers) {
        for (Poll poll : module.polls()) {
            work("fusewire-poll-" + poll.settings().name(), polls.getPollInterval(), LONGEST, () -> ask(poll));
        }
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        try {
            module.polls().forEach(Poll::giveBack);
        } catch (StoreUnavailableException e) {
            LOG.debug("Turns were not given back; others have them when their leases end", e);
        }
    }

    private boolean ask(Poll poll) {
        if (!poll.isDue()) {
            return false;
        }
        Exchange exchange = createExchange(false);
        try {
            exchange.setProperty(POLL, poll);
            exchange.setProperty("source", poll.settings().source());
            getProcessor().process(exchange);
        } catch (Throwable e) {
            exchange.setException(e);
        }
        Exception fault = exchange.getException();
        FatalErrors.escalate(fault);
        releaseExchange(exchange, false);
        module.asked().accept(poll.settings().name(), fault == null ? took(poll) : failed(poll, fault));
        return true;
    }

    /** The word by which it is counted; so is the next one's. */
    private static String took(Poll poll) {
        try {
            poll.took();
            return "answered";
        } catch (StoreUnavailableException e) {
            poll.storeAway();
            return "not_stored";
        }
    }

    private String failed(Poll poll, Exception fault) {
        if (ObjectHelper.getException(StoreUnavailableException.class, fault) != null) {
            poll.storeAway();
            return "not_stored";
        }
        UnexpectedResponseException refused = ObjectHelper.getException(UnexpectedResponseException.class, fault);
        return refused == null
                ? poll.failed(fault, FailureReason.of(fault, module.redact()))
                : poll.refused(refused.getStatus(), refused.retryAfter());
    }
}
