package io.fusewire.sinks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A mail server, and before it a port that can be in trouble. */
final class FakeSmtpSink implements SinkContract.OtherSide {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESET = "reset";
    private static final String HANG = "hang";
    private static final String ENDLESS = "endless";

    /** Said to the mail itself, by a server that tells more than it should. */
    private static final String GREYLISTED = "450 later, ";

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final ServerSocket listening;
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile String password = "";

    /** What a recipient is answered; null where the mail server answers. */
    private volatile String answer;

    FakeSmtpSink() {
        server.getManagers().getUserManager().setAuthRequired(true);
        server.start();
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Who may send. */
    void user(String name, String password) {
        server.setUser(name, password);
        this.password = password;
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void takes() {
        answer = null;
    }

    @Override
    public void isSlow() {
        answer = HANG;
    }

    @Override
    public void refuses(String secret) {
        answer = "550 no such thing at " + password;
    }

    @Override
    public List<Runnable> troubles() {
        return List.of(
                () -> answer = "451 come again",
                () -> answer = RESET,
                () -> answer = ENDLESS,
                () -> answer = GREYLISTED + password);
    }

    @Override
    public List<JsonNode> received() throws IOException {
        List<JsonNode> mails = new ArrayList<>();
        try {
            for (MimeMessage mail : server.getReceivedMessages()) {
                mails.add(JSON.createObjectNode()
                        .put("from", mail.getHeader("From", ","))
                        .put("to", mail.getHeader("To", ","))
                        .put("subject", mail.getSubject())
                        .put("type", mail.getContentType())
                        .put(
                                "text",
                                String.valueOf(mail.getContent())
                                        .replace("\r", "")
                                        .strip()));
            }
        } catch (MessagingException e) {
            throw new IOException(e);
        }
        return mails;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (answer == null) {
                pass(client);
            } else {
                talk(client);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pass(Socket client) throws IOException {
        try (Socket there = new Socket("127.0.0.1", server.getSmtp().getPort())) {
            daemon(() -> copy(there, client));
            copy(client, there);
        }
    }

    /** Until one of them hangs up. */
    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // Hung up, by the other direction.
        }
    }

    private void talk(Socket client) throws IOException, InterruptedException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        say(client, "220 here");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String word = line.substring(0, Math.min(4, line.length())).toUpperCase();
            String now = answer;
            if (word.equals("RCPT") && HANG.equals(now)) {
                closing.await();
                return;
            }
            if (word.equals("RCPT") && ENDLESS.equals(now)) {
                sayWithoutEnd(client);
                return;
            }
            if (word.equals("RCPT") && RESET.equals(now)) {
                client.setSoLinger(true, 0);
                return;
            }
            boolean ofTheMail = now != null && now.startsWith(GREYLISTED);
            boolean answered = word.equals(ofTheMail ? "DATA" : "RCPT") && now != null;
            say(client, answered ? now : word.equals("QUIT") ? "221 bye" : "250 so be it");
        }
    }

    private static void sayWithoutEnd(Socket client) {
        try {
            while (true) {
                say(client, "250-and one more");
            }
        } catch (IOException e) {
            // Hung up, as it should.
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
