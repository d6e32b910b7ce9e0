package io.fusewire.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What stands for a key in the store's index: sixteen bytes. Seven hold the first sixteen digits of the key's time stamp, so
 * that new keys lie side by side there; eight begin the key's SHA-256; the last one counts keys that share all those.
 *
 * @param bytes sixteen, not copied
 */
record EventIdentity(byte[] bytes) implements Comparable<EventIdentity> {
    private static final String TIME = "|timestamp=";
    private static final int DIGITS = 16;
    private static final int TIME_BYTES = 7;
    private static final int COUNT = 15;
    private static final int MOST = 255;

    /** The one that a key has where no other key has it. */
    static EventIdentity of(String key) {
        ByteBuffer all = ByteBuffer.allocate(COUNT + 1);
        all.putLong(time(key) << Long.SIZE - TIME_BYTES * Byte.SIZE);
        all.put(TIME_BYTES, sha256(key), 0, COUNT - TIME_BYTES);
        return new EventIdentity(all.array());
    }

    /** The digits of the time stamp, as many as there must be; zeros where it has fewer or none. */
    private static long time(String key) {
        int from = key.indexOf(TIME);
        long time = 0;
        int digits = 0;
        for (int at = from + TIME.length(); from >= 0 && at < key.length() && key.charAt(at) != '|'; at++) {
            char c = key.charAt(at);
            if (c >= '0' && c <= '9' && digits < DIGITS) {
                time = time * 10 + c - '0';
                digits++;
            }
        }
        for (; digits < DIGITS; digits++) {
            time *= 10;
        }
        return time;
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The last that a key may have. */
    EventIdentity last() {
        return counted(MOST);
    }

    /** The next one, for another key that shares the bytes before. */
    EventIdentity next() {
        int count = Byte.toUnsignedInt(bytes[COUNT]);
        if (count == MOST) {
            throw new IllegalStateException("256 events share one identity");
        }
        return counted(count + 1);
    }

    private EventIdentity counted(int count) {
        byte[] other = bytes.clone();
        other[COUNT] = (byte) count;
        return new EventIdentity(other);
    }

    @Override
    public int compareTo(EventIdentity other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventIdentity identity && Arrays.equals(bytes, identity.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
