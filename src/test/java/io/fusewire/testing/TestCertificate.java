package io.fusewire.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate of a host, by the JDK's keytool. */
public record TestCertificate(KeyStore store, Path chain, Path key) {
    private static final String PASSWORD = "of-a-test";

    /** Makes one for a name, and writes it and its key as PEM into the folder. */
    public static TestCertificate forHost(String name, Path folder) throws Exception {
        Path file = folder.resolve("certificate.p12");
        List<String> keytool = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "host",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD);
        try (Program made = Program.start(folder, Map.of(), keytool)) {
            if (made.exit() != 0) {
                throw new IllegalStateException(made.output());
            }
        }
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        Path chain = pem(
                folder.resolve("chain.pem"),
                "CERTIFICATE",
                store.getCertificate("host").getEncoded());
        byte[] key = store.getKey("host", PASSWORD.toCharArray()).getEncoded();
        return new TestCertificate(store, chain, pem(folder.resolve("key.pem"), "PRIVATE KEY", key));
    }

    private static Path pem(Path file, String what, byte[] encoded) throws Exception {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
    }

    /** What a client needs to believe it. */
    public SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("host", store.getCertificate("host"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
