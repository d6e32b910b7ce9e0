// FOLDER/routes/PolicyWithoutId.java: a routeConfiguration has no id; it would hold for every route.
import org.apache.camel.builder.RouteConfigurationBuilder;

public class PolicyWithoutId extends RouteConfigurationBuilder {
    @Override
    public void configuration() {
        routeConfiguration().onException(Exception.class).handled(true);
    }
}
