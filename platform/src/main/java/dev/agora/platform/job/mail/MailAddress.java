package dev.agora.platform.job.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** Checks e-mail addresses. */
final class MailAddress {

	private MailAddress() {
	}

	static boolean isValid(String address) {
		try {
			InternetAddress[] parsed = InternetAddress.parse(address, true);
			if (parsed.length != 1) {
				return false;
			}
			parsed[0].validate();
			return parsed[0].getAddress().contains("@");
		}
		catch (AddressException ex) {
			return false;
		}
	}

}
