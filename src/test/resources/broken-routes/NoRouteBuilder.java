// FOLDER/routes/NoRouteBuilder.java: there is no route in it; it must hold a public class that extends RouteBuilder.
public class NoRouteBuilder {}
