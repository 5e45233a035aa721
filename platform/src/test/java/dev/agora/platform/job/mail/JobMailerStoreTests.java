package dev.agora.platform.job.mail;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mail.javamail.JavaMailSenderImpl;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobError;
import dev.agora.platform.job.TestJobs;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.AdjustableClock;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class JobMailerStoreTests {

	private static final String ANNA = "0SAX0RSKMBGW0";

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private final AdjustableClock clock = new AdjustableClock();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

	private DocumentStore store;

	private TestJobs jobs;

	private JobMails mails;

	private JobMailer mailer;

	private JavaMailSenderImpl sender;

	@BeforeEach
	void open() {
		MongoDatabase database = mongo.database("mails" + databases++);
		this.store = new DocumentStore(database, JsonMapper.shared(), this.clock);
		this.jobs = new TestJobs(this.store, Clock.systemUTC(), Map.of());
		this.mails = JobMailConfiguration.jobMails(database, this.store, this.clock);
		TestProjections.upsertMember(this.store, new MemberCard(ANNA, "anna", "Anna\r\nBcc: eve@example.org"), 1)
			.block();
		this.store.migrate().block();
		this.server.start();
		this.mailer = mailer(this.server.getSmtp().getPort());
	}

	@AfterEach
	void close() {
		this.mailer.stop();
		this.server.stop();
	}

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	private JobMailer mailer(int port) {
		this.sender = new JavaMailSenderImpl();
		this.sender.setHost("127.0.0.1");
		this.sender.setPort(port);
		JobMailSettings settings = new JobMailSettings("shop@example.org", "{handle}@example.org",
				"https://shop.example/jobs/{id}");
		JobMailer created = JobMailConfiguration.jobMailer(this.mails,
				JobMailConfiguration.jobMessages(this.sender, settings, JsonMapper.shared()),
				JobMailConfiguration.jobMailRecipients(this.jobs.jobs(), TestProjections.members(this.store)),
				JobMailConfiguration.mailTransport(this.sender), this.meters);
		created.start();
		return created;
	}

	private Stored<Job> failedJob(String owner, String reason) {
		Stored<Job> job = this.jobs.submit(owner);
		this.jobs.jobs()
			.change(job.id(), (current) -> current.value().claim("run", this.clock.instant().plusSeconds(1L << 40)))
			.block();
		return Objects.requireNonNull(this.jobs.jobs()
			.change(job.id(),
					(current) -> current.value()
						.fail("run", new JobError("broken", reason), this.jobs.jobs().retention()))
			.block());
	}

	private double count(String outcome) {
		return this.meters.counter("job.mails", "outcome", outcome).count();
	}

	@Test
	void sendsAMessageToTheOwnerOfAJob() throws Exception {
		Stored<Job> job = failedJob(ANNA, "Line 3 is wrong.\r\nBcc: eve@example.org\r\n.\r\nQUIT");
		this.mails.add(job.id()).block();
		assertThat(this.server.waitForIncomingEmail(SOON.toMillis(), 1)).isTrue();
		MimeMessage message = this.server.getReceivedMessages()[0];
		assertThat(message.getAllRecipients()).extracting(Object::toString).containsExactly("anna@example.org");
		assertThat(message.getRecipients(Message.RecipientType.BCC)).isNull();
		assertThat(message.getFrom()).extracting(Object::toString).containsExactly("shop@example.org");
		assertThat(message.getSubject()).isEqualTo("Agora: count failed");
		assertThat(message.getMessageID()).isEqualTo("<job." + job.id() + "@example.org>");
		assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		assertThat(String.valueOf(message.getContent())).contains("Line 3 is wrong.", "QUIT",
				"https://shop.example/jobs/" + job.id());
	}

	@Test
	void sendsOneMessageForRepeatedEvents() {
		Stored<Job> job = failedJob(ANNA, "Wrong.");
		this.mails.add(job.id()).block();
		await().atMost(SOON).until(() -> count("sent") == 1);
		this.mails.add(job.id()).block();
		this.clock.advance(Duration.ofHours(3));
		Stored<Job> next = failedJob(ANNA, "Wrong.");
		this.mails.add(next.id()).block();
		await().atMost(SOON).until(() -> count("sent") == 2);
		assertThat(this.server.getReceivedMessages()).extracting(JobMailerStoreTests::id)
			.containsExactlyInAnyOrder("<job." + job.id() + "@example.org>", "<job." + next.id() + "@example.org>");
	}

	private static String id(MimeMessage message) {
		try {
			return message.getMessageID();
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void repeatsAfterARestartUntilTheServerIsAvailable() {
		this.mailer.stop();
		this.mailer = mailer(1);
		Stored<Job> job = failedJob(ANNA, "Wrong.");
		this.mails.add(job.id()).block();
		await().atMost(SOON).until(() -> count("failed") == 1);
		this.mailer.stop();
		this.mailer = mailer(this.server.getSmtp().getPort());
		assertThat(this.mails.claimDue().collectList().block()).isEmpty();
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.server.waitForIncomingEmail(SOON.toMillis(), 1)).isTrue();
		await().atMost(SOON).until(() -> count("sent") == 1);
	}

	@Test
	void waitsForTheServerForALimitedTime() {
		assertThat(this.sender.getJavaMailProperties()).containsKeys("mail.smtp.connectiontimeout", "mail.smtp.timeout",
				"mail.smtp.writetimeout", "mail.smtps.timeout");
	}

	@Test
	void givesUpAfterADay() {
		this.mailer.stop();
		this.mailer = mailer(1);
		this.mails.add(failedJob(ANNA, "Wrong.").id()).block();
		await().atMost(SOON).until(() -> count("failed") == 1);
		this.clock.advance(Duration.ofHours(25));
		await().atMost(SOON).until(() -> count("abandoned") == 1);
		this.clock.advance(Duration.ofHours(25));
		assertThat(this.mails.claimDue().collectList().block()).isEmpty();
	}

	@Test
	void sendsNothingToADeletedMemberAndDelaysNoOtherMail() {
		TestProjections.upsertMember(this.store, new MemberCard("0SAX0RSKMBGW1", "bob", "Bob"), 1).block();
		TestProjections.deleteMember(this.store, "0SAX0RSKMBGW1", 2).block();
		this.mails.add(failedJob("0SAX0RSKMBGW1", "Wrong.").id()).block();
		this.mails.add("0SAX0RSKMBGZZ").block();
		this.mails.add(failedJob(ANNA, "Wrong.").id()).block();
		await().atMost(SOON).until(() -> count("sent") == 1 && count("abandoned") == 2);
		assertThat(this.server.getReceivedMessages()).hasSize(1);
	}

}
