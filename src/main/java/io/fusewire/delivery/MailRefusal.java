package io.fusewire.delivery;

import io.fusewire.error.UnexpectedResponseException;
import io.fusewire.error.UnexpectedResponseException.Fault;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What a mail server said to what it did not take: of each recipient by itself, or of the whole mail. */
final class MailRefusal {
    /** Of our greeting, or of what the server relays for whom: said to a recipient, and no fault of his. */
    private static final Pattern OF_US = Pattern.compile("(?i)\\b(helo|ehlo|relay\\w*|fully.qualified)\\b");

    private static final Pattern CODE = Pattern.compile("^\\d{3}[ -]?");

    private record Said(int status, String words, Fault fault) {}

    private final List<Said> said = new ArrayList<>();

    private MailRefusal() {}

    static MailRefusal of(SendFailedException thrown) {
        MailRefusal refusal = new MailRefusal();
        for (Exception each = thrown; each != null; each = next(each)) {
            if (each instanceof SMTPAddressFailedException one) {
                refusal.add(one.getReturnCode(), words(one) + " (to " + brief(one.getAddress()) + ")", Fault.MESSAGE);
            }
        }
        // Of the whole mail there is one word; that of recipients was in the way of it.
        if (refusal.said.isEmpty()) {
            int code = thrown instanceof SMTPSendFailedException whole
                    ? whole.getReturnCode()
                    : thrown instanceof SMTPSenderFailedException sender ? sender.getReturnCode() : 0;
            refusal.add(code, words(thrown), Fault.EITHER);
        }
        return refusal;
    }

    private static Exception next(Exception each) {
        return each instanceof MessagingException mail ? mail.getNextException() : null;
    }

    /** @param fault whose it is where the server says that it is for good */
    private void add(int code, String words, Fault fault) {
        // 500 to 504 are of the command, 530 to 538 of the login.
        boolean forGood = code >= 500
                && code > 504
                && (code < 530 || code > 538)
                && !OF_US.matcher(words).find();
        said.add(new Said(code, words, forGood ? fault : Fault.PASSING));
    }

    /** What may pass goes before what is for good: while one recipient waits, none is given up. */
    UnexpectedResponseException asResponse(boolean othersHaveIt) {
        Said first = said.stream()
                .filter(one -> one.fault == Fault.PASSING)
                .findFirst()
                .orElse(said.get(0));
        String more = said.size() > 1 ? ", and " + (said.size() - 1) + " more" : "";
        String words = first.words + more + (othersHaveIt ? "; the others have it" : "");
        return new UnexpectedResponseException(first.status, words, null, first.fault);
    }

    private static String words(MessagingException thrown) {
        return CODE.matcher(String.valueOf(thrown.getMessage()).strip()).replaceFirst("");
    }

    /** Enough to find the recipient by; whole addresses are kept out of what is written down. */
    private static String brief(InternetAddress address) {
        String whole = address.getAddress();
        return whole.substring(0, 1) + "***" + whole.substring(Math.max(whole.indexOf('@'), 1));
    }
}
