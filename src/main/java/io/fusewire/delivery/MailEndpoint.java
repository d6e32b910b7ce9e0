package io.fusewire.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.component.Steps.SendOnlyEndpoint;
import io.fusewire.error.UnexpectedResponseException;
import io.fusewire.message.Incident;
import io.fusewire.store.Delivery;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A mail. {@code fusewire:mail/request} makes the rendered message one, to those of the address's recipients who don't have
 * it yet; all about an incident are one thread. {@code fusewire:mail/refused} says what becomes of the recipients that the
 * server did not take, and remembers those it took; {@code fusewire:mail/taken} that all have it.
 */
public final class MailEndpoint extends SendOnlyEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    private enum Step {
        REQUEST,
        REFUSED,
        TAKEN
    }

    private final Step step;
    private String from = "";
    private String helo = "";

    MailEndpoint(String uri, Component component, String step) {
        super(uri, component);
        this.step = switch (step) {
            case "request" -> Step.REQUEST;
            case "refused" -> Step.REFUSED;
            case "taken" -> Step.TAKEN;
            default -> throw new IllegalArgumentException(
                    "'" + step + "' is no step of a mail; there are request, refused, taken");
        };
    }

    @Override
    protected void process(Exchange exchange) throws Exception {
        DeliveryAttempt attempt = DeliveryAttempt.of(exchange);
        switch (step) {
            case REQUEST -> request(attempt, exchange.getMessage());
            case REFUSED -> throw refused(
                    attempt, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, SendFailedException.class));
            case TAKEN -> attempt.refer(null);
        }
    }

    private void request(DeliveryAttempt attempt, Message message) throws Exception {
        JsonNode mail = JSON.readTree(message.getBody(String.class));
        // Camel counts its redeliveries in a header: without it they would never end.
        message.removeHeaders("*", "CamelRedeliver*");
        message.setHeader("To", InternetAddress.toString(waiting(attempt).toArray(new InternetAddress[0])));
        message.setHeader("From", from);
        // A line break would begin a header that an event wrote.
        message.setHeader("Subject", mail.path("subject").asText().strip().replaceAll("\\s+", " "));
        message.setHeader("Content-Type", "text/plain; charset=utf-8");
        message.setHeader("Auto-Submitted", "auto-generated");
        thread(attempt, message);
        message.setBody(mail.path("text").asText());
    }

    /** All attempts at one mail have the same id. The first of an incident begins the thread, also where it is lost. */
    private void thread(DeliveryAttempt attempt, Message message) {
        Delivery delivery = attempt.delivery();
        Incident incident = attempt.alert().incident();
        if (incident.kind() == null) {
            message.setHeader(
                    "Message-ID",
                    id(delivery.event().key() + " " + delivery.event().source()));
            return;
        }
        String first = id("incident " + incident.id() + " " + incident.key());
        if (incident.kind() == Incident.Kind.OPENED) {
            message.setHeader("Message-ID", first);
        } else {
            message.setHeader("Message-ID", id(first + " " + incident.kind() + " " + delivery.since()));
            message.setHeader("In-Reply-To", first);
            message.setHeader("References", first);
        }
    }

    private String id(String name) {
        String domain = from.replaceFirst(".*@", "").replaceFirst("[^A-Za-z0-9.-].*", "");
        return "<" + UUID.nameUUIDFromBytes(name.getBytes(UTF_8)) + "@" + (helo.isEmpty() ? domain : helo) + ">";
    }

    private static List<InternetAddress> waiting(DeliveryAttempt attempt) throws AddressException {
        Set<String> have = have(attempt);
        List<InternetAddress> waiting = new ArrayList<>();
        for (InternetAddress one : InternetAddress.parse(attempt.address().orElseThrow())) {
            if (!have.contains(mark(one))) {
                waiting.add(one);
            }
        }
        return waiting;
    }

    private static UnexpectedResponseException refused(DeliveryAttempt attempt, SendFailedException thrown) {
        Set<String> have = have(attempt);
        if (thrown.getValidSentAddresses() != null) {
            Arrays.stream(thrown.getValidSentAddresses())
                    .map(InternetAddress.class::cast)
                    .map(MailEndpoint::mark)
                    .forEach(have::add);
        }
        attempt.refer(have.isEmpty() ? null : about(attempt) + " " + String.join(",", have));
        return MailRefusal.of(thrown).asResponse(!have.isEmpty());
    }

    /** The marks of those who have this mail; none after news of the incident, which all are to have. */
    private static Set<String> have(DeliveryAttempt attempt) {
        String[] words = attempt.reference().orElse("").split(" ");
        boolean known = words.length == 2 && about(attempt).equals(words[0]);
        return known
                ? Arrays.stream(words[1].split(",")).collect(Collectors.toCollection(LinkedHashSet::new))
                : new LinkedHashSet<>();
    }

    /** What is told, and since when it is: a retry tells the same as before. */
    private static String about(DeliveryAttempt attempt) {
        Incident.Kind kind = attempt.alert().incident().kind();
        return kind == null ? "mail" : kind + ":" + attempt.delivery().since().toEpochMilli();
    }

    private static String mark(InternetAddress address) {
        return Integer.toHexString(address.getAddress().toLowerCase(Locale.ROOT).hashCode());
    }

    /** The sender's address; for {@code request}. */
    public void setFrom(String from) {
        try {
            new InternetAddress(from).validate();
        } catch (AddressException e) {
            throw new IllegalArgumentException("from: '" + from + "' is no mail address such as alerts@example.com", e);
        }
        this.from = from;
    }

    /** The name of this machine, for the ids of mails; empty for the sender's domain. For {@code request}. */
    public void setHelo(String helo) {
        if (!helo.matches("[A-Za-z0-9.:\\[\\]-]{0,255}")) {
            throw new IllegalArgumentException("helo: '" + helo + "' is no host's name such as alerts.example.com");
        }
        this.helo = helo;
    }
}
