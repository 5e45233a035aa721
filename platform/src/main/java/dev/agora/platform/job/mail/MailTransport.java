package dev.agora.platform.job.mail;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;

import jakarta.mail.internet.MimeMessage;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Sends messages within a bounded time. A server that answers a byte at a time is never
 * silent for long enough to be noticed by a time-out of single reads.
 */
final class MailTransport {

	/** The time within which a message is sent, or given up for now. */
	static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String SILENCE = "10000";

	private static final String[] SILENCES = { "connectiontimeout", "timeout", "writetimeout" };

	private final JavaMailSenderImpl sender;

	private final Duration timeout;

	MailTransport(JavaMailSenderImpl sender, Duration timeout) {
		this.sender = sender;
		this.timeout = timeout;
		Properties properties = sender.getJavaMailProperties();
		for (String protocol : new String[] { "mail.smtp.", "mail.smtps." }) {
			for (String name : SILENCES) {
				properties.putIfAbsent(protocol + name, SILENCE);
			}
			// The interruption of a thread closes a channel, but no other socket.
			properties.put(protocol + "usesocketchannels", "true");
		}
	}

	/**
	 * Creates and sends a message. When its time is over, its thread is interrupted,
	 * which closes the connection.
	 * @param threads where it is created and sent
	 */
	Mono<Void> send(Callable<MimeMessage> message, Scheduler threads) {
		return Mono.<Void>fromCallable(() -> {
			transmit(message.call());
			return null;
		}).subscribeOn(threads).timeout(this.timeout);
	}

	private void transmit(MimeMessage message) {
		try {
			this.sender.send(message);
		}
		catch (MailException ex) {
			// The failure of an interrupted attempt is known already.
			if (!Thread.currentThread().isInterrupted()) {
				throw ex;
			}
		}
	}

}
