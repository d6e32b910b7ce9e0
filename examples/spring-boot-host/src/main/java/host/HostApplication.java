package host;

import io.fusewire.Fusewire;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** An application with a life of its own that takes Langfuse's webhooks too. */
@SpringBootApplication
public class HostApplication {
    public static void main(String[] args) {
        SpringApplication.run(HostApplication.class, args);
    }

    @EventListener
    void takeWebhooks(ApplicationReadyEvent ready) {
        CamelContext camel = ready.getApplicationContext().getBean(CamelContext.class);
        MeterRegistry meters = ready.getApplicationContext().getBean(MeterRegistry.class);
        Fusewire.into(camel).meterRegistry(meters).start();
    }
}
