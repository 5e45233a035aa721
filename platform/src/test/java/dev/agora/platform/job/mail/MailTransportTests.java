package dev.agora.platform.job.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;

class MailTransportTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final byte[] REPLY = "220 ".getBytes(StandardCharsets.US_ASCII);

	/** The head of a TLS record of 16 KiB. */
	private static final byte[] HANDSHAKE = { 22, 3, 3, 64, 0 };

	private final Scheduler threads = Schedulers.newBoundedElastic(1, 10, "mail", 60, true);

	private final CountDownLatch closed = new CountDownLatch(1);

	@AfterEach
	void stop() {
		this.threads.dispose();
	}

	@ParameterizedTest
	@ValueSource(strings = { "smtp", "smtps" })
	void givesUpWhenTheServerDripsItsAnswerAndFreesTheThread(String protocol) throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			byte[] greeting = protocol.equals("smtp") ? REPLY : HANDSHAKE;
			Thread dripping = new Thread(() -> drip(server, greeting), "dripping");
			dripping.setDaemon(true);
			dripping.start();
			JavaMailSenderImpl sender = sender(protocol, server.getLocalPort());
			MailTransport transport = new MailTransport(sender, Duration.ofSeconds(1));
			StepVerifier.create(transport.send(() -> message(sender), this.threads))
				.expectError(TimeoutException.class)
				.verify(BOUND);
			CountDownLatch free = new CountDownLatch(1);
			this.threads.schedule(free::countDown);
			assertThat(free.await(BOUND.toSeconds(), TimeUnit.SECONDS)).as("the thread is free").isTrue();
			assertThat(this.closed.await(BOUND.toSeconds(), TimeUnit.SECONDS)).as("the connection is closed").isTrue();
		}
	}

	@Test
	void aMessageIsGivenUpBeforeItIsDueAgain() {
		assertThat(JobMails.FIRST_BACKOFF).isGreaterThan(MailTransport.TIMEOUT);
	}

	/** Sends a greeting that does not end, until the client closes the connection. */
	private void drip(ServerSocket server, byte[] greeting) {
		try (Socket socket = server.accept(); OutputStream out = socket.getOutputStream()) {
			out.write(greeting);
			while (!Thread.currentThread().isInterrupted()) {
				out.write('x');
				out.flush();
				TimeUnit.MILLISECONDS.sleep(50);
			}
		}
		catch (IOException | InterruptedException ex) {
			this.closed.countDown();
		}
	}

	private static JavaMailSenderImpl sender(String protocol, int port) {
		JavaMailSenderImpl sender = new JavaMailSenderImpl();
		sender.setProtocol(protocol);
		sender.setHost("127.0.0.1");
		sender.setPort(port);
		return sender;
	}

	private static MimeMessage message(JavaMailSenderImpl sender) throws MessagingException {
		MimeMessage message = sender.createMimeMessage();
		message.setFrom("shop@example.org");
		message.setRecipients(Message.RecipientType.TO, "anna@example.org");
		message.setText("Hello");
		return message;
	}

}
