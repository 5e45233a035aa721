package dev.agora.platform.job.mail;

import java.net.ConnectException;
import java.util.Map;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.junit.jupiter.api.Test;

import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailSendException;

import static org.assertj.core.api.Assertions.assertThat;

class MailFailuresTests {

	private static final Address[] ANNA = { new InternetAddress() };

	private static final Address[] NONE = {};

	@Test
	void givesUpOnAnAddressThatTheServerRefuses() {
		Exception refused = new SendFailedException("550 no such user", null, NONE, NONE, ANNA);
		assertThat(MailFailures.isPermanent(failed(refused))).isTrue();
		assertThat(MailFailures.isPermanent(failed(new MessagingException("rejected", refused)))).isTrue();
		assertThat(MailFailures.isPermanent(new AddressException("no address"))).isTrue();
	}

	@Test
	void repeatsAfterEveryOtherFailure() {
		assertThat(MailFailures.isPermanent(failed(new SendFailedException("451 later", null, NONE, ANNA, NONE))))
			.isFalse();
		assertThat(MailFailures.isPermanent(failed(new MessagingException("refused", new ConnectException()))))
			.isFalse();
		assertThat(MailFailures.isPermanent(new MailAuthenticationException(new AuthenticationFailedException())))
			.isFalse();
		assertThat(MailFailures.isPermanent(new IllegalStateException())).isFalse();
	}

	private static MailSendException failed(Exception cause) {
		return new MailSendException(Map.of("message", cause));
	}

}
