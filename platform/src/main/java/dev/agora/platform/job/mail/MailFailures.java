package dev.agora.platform.job.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import org.jspecify.annotations.Nullable;

import org.springframework.mail.MailSendException;

/** Classifies the failures of the mail server. */
final class MailFailures {

	private MailFailures() {
	}

	/**
	 * Whether no mail can ever be sent to this address. All other failures are those of
	 * the server, which may accept the mail later.
	 */
	static boolean isPermanent(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = next(cause)) {
			if (cause instanceof AddressException || isRefused(cause)) {
				return true;
			}
		}
		return false;
	}

	/** The server has refused the address by a 5xx reply (RFC 5321). */
	private static boolean isRefused(Throwable cause) {
		if (!(cause instanceof SendFailedException failure)) {
			return false;
		}
		Address @Nullable [] invalid = failure.getInvalidAddresses();
		return invalid != null && invalid.length > 0;
	}

	private static @Nullable Throwable next(Throwable failure) {
		if (failure instanceof MailSendException several && several.getMessageExceptions().length > 0) {
			return several.getMessageExceptions()[0];
		}
		if (failure instanceof MessagingException messaging && messaging.getNextException() != null) {
			return messaging.getNextException();
		}
		return failure.getCause();
	}

}
