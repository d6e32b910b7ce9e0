package io.fusewire.runtime;

import io.fusewire.component.FusewireComponent;
import io.fusewire.config.HttpClientConfig;
import io.fusewire.config.PollConfig;
import io.fusewire.config.RelatedDurations;
import io.fusewire.config.Secrets;
import io.fusewire.config.Settings;
import io.fusewire.config.StoreConfig;
import io.fusewire.config.WebhookConfig;
import io.fusewire.delivery.DeliveryModule;
import io.fusewire.delivery.RejectResponse;
import io.fusewire.delivery.RenewLease;
import io.fusewire.delivery.SinkRegistry;
import io.fusewire.event.EventReader;
import io.fusewire.health.HousekeepingPolicy;
import io.fusewire.message.Templates;
import io.fusewire.metrics.Meters;
import io.fusewire.metrics.MetricsModule;
import io.fusewire.poll.PollModule;
import io.fusewire.poll.client.Poll;
import io.fusewire.rules.Explainer;
import io.fusewire.rules.RecordRuleFailure;
import io.fusewire.rules.RulesModule;
import io.fusewire.signature.SignatureVerifier;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Backlog;
import io.fusewire.store.Deliveries;
import io.fusewire.store.Inbox;
import io.fusewire.store.IncidentSchedule;
import io.fusewire.store.NodeLeases;
import io.fusewire.store.PendingEvents;
import io.fusewire.store.Store;
import io.fusewire.webhook.InboxRepository;
import io.fusewire.webhook.RequireAdminToken;
import io.fusewire.webhook.VerifySignature;
import io.fusewire.webhook.VerifySignature.ReadEvent;
import io.fusewire.webhook.WebhookModule;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that the routes stand on, put into a Camel context before its routes are loaded. */
public final class Assembly implements AutoCloseable {
    /** A property of {@link DryRun}: nothing is polled. */
    static final String DRY = "io.fusewire.dry-run";

    private static final Logger LOG = LoggerFactory.getLogger("io.fusewire");

    private final CamelContext camel;
    private final Brought brought;
    private final ToldOnce told;
    private final Settings settings;
    private final Secrets secrets;
    private final Clocks clocks;
    private final List<String> bound = new ArrayList<>();
    private final HousekeepingPolicy housekeeping = new HousekeepingPolicy(System::nanoTime);
    private final Meters meters;
    private Store store;
    private RulesModule rules;
    private Monitoring monitoring;

    /**
     * What differs between the program and a host.
     *
     * @param dataSource a database of the host's, or null
     * @param meters where everything is counted
     * @param open whether requests reach the routes
     * @param servers who serves HTTP to the routes
     */
    public record Brought(DataSource dataSource, MeterRegistry meters, BooleanSupplier open, HttpServers servers) {}

    /** @param told what an earlier start in this process has said */
    public Assembly(CamelContext camel, Clocks clocks, Brought brought, ToldOnce told) {
        this.camel = camel;
        this.told = told;
        this.brought = brought;
        this.meters = new Meters(brought.meters());
        this.settings = new Settings(camel);
        this.secrets = new Secrets(settings);
        this.clocks = clocks;
    }

    /**
     * Puts the parts into the context.
     *
     * @throws IllegalArgumentException in one sentence that names the property, when a setting is missing or wrong
     */
    public void put() throws Exception {
        ConfiguredPolls projects = new ConfiguredPolls(new PollConfig(settings, secrets).configured());
        boolean polled = !projects.settings().isEmpty();
        new RelatedDurations(settings).refuse(projects.settings());
        WebhookConfig webhooks = new WebhookConfig(settings, secrets);
        Map<String, SignatureVerifier> verifiers = webhooks.verifiers(clocks.wall(), polled);
        if (!dry()) {
            webhooks.remarks(verifiers.keySet()).forEach(line -> told.tell(line, LOG::info));
            webhooks.warnings(verifiers.keySet()).forEach(line -> told.tell(line, LOG::warn));
        }
        StoreConfig stores = new StoreConfig(settings, secrets);
        store = stores.open(clocks.steady(), brought.dataSource());
        Backlog backlog = new Backlog(store, settings.number("fusewire.backlog.limit"));
        Inbox inbox = new Inbox(store, backlog);
        EventReader reader = new EventReader(polled);
        RequireAdminToken token = new RequireAdminToken(secrets.adminToken());
        HttpServers.Refused refused = new HttpServers.Refused(meters::refused, meters::refusedByManagement);
        brought.servers().open(webhooks.limits(), refused, () -> health() != null && health().isReady(), token);
        HttpClientConfig http = new HttpClientConfig(settings, secrets.proxies());
        camel.addComponent(HttpClientConfig.COMPONENT, http.client());
        http.limits().forEach(this::bind);
        String place = stores.place(brought.dataSource());
        Setup setup = Setup.of(settings, place, clocks.wall().instant(), verifiers.keySet(), projects.settings());
        words(setup, inbox, backlog, reader, projects);
        bind("fusewire-verify-signature", new VerifySignature(verifiers, webhooks.longestBody()));
        bind("fusewire-read-event", new ReadEvent(reader));
        bind("fusewire-node-leases", new NodeLeases(store));
        bind("fusewire-incidents", new IncidentSchedule(store, meters::changed));
        bind("fusewire-retention", stores.retention(store, housekeeping::turned));
        bind("fusewire-require-admin-token", token);
    }

    /** The routes run now. */
    public void started() {
        rules.start();
        monitoring.started(dry() ? (line, log) -> {} : told::tell);
    }

    /** Null before {@link #put}. */
    public HealthChecks health() {
        return monitoring == null ? null : monitoring.health();
    }

    /** Takes the parts out again and closes the store. After the routes. */
    @Override
    public synchronized void close() {
        if (monitoring != null) {
            monitoring.close();
        }
        bound.forEach(camel.getRegistry()::unbind);
        camel.removeComponent("fusewire");
        camel.removeComponent(HttpClientConfig.COMPONENT);
        if (store != null) {
            store.close();
            store = null;
        }
    }

    private void words(Setup setup, Inbox inbox, Backlog backlog, EventReader reader, ConfiguredPolls projects) {
        List<Poll> polls = dry() ? List.of() : projects.over(store, inbox, reader, clocks.steady());
        SinkRegistry sinks = new SinkRegistry();
        Deliveries deliveries = new Deliveries(store);
        ActiveSilences silences = new ActiveSilences(store, System::nanoTime);
        PendingEvents pending = new PendingEvents(store, settings.number("rules.max-open-incidents"), meters::changed);
        Templates templates = projects.templates(settings, clocks.wall());
        rules = new RulesModule(pending, reader, sinks, silences, meters::decided, secrets::redact);
        FusewireComponent component = new FusewireComponent();
        new WebhookModule(meters::answered).register(component);
        new PollModule(polls, meters::asked, secrets::redact).register(component);
        rules.register(component);
        DeliveryModule delivery = new DeliveryModule(
                sinks, deliveries, reader, secrets, templates, meters::attempted, clocks.wall(), secrets::redact);
        delivery.register(component);
        new MetricsModule(brought.meters()).register(component);
        camel.addComponent("fusewire", component);
        bind("fusewire-inbox", new InboxRepository(inbox));
        bind("fusewire-record-rule-failure", new RecordRuleFailure(secrets::redact));
        bind("fusewire-renew-lease", new RenewLease(deliveries));
        bind("fusewire-reject-response", new RejectResponse(clocks.wall()));
        Explainer explainer = new Explainer(camel, rules, sinks, templates);
        new AdminParts(camel, store, silences, meters, reader, explainer, sinks, backlog)
                .byName()
                .forEach(this::bind);
        bind("fusewire-housekeeping", housekeeping);
        Monitoring.Watched watched = new Monitoring.Watched(store, inbox, backlog, silences, sinks, polls);
        monitoring = new Monitoring(camel, clocks, brought, setup, watched, meters, housekeeping);
        monitoring.byName().forEach(this::bind);
    }

    private boolean dry() {
        return settings.find(DRY).isPresent();
    }

    private void bind(String name, Object part) {
        camel.getRegistry().bind(name, part);
        bound.add(name);
    }
}
