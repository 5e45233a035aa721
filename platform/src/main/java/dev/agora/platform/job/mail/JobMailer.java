package dev.agora.platform.job.mail;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.SmartLifecycle;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.NotFound;

/**
 * Sends the mails about jobs, on two threads of its own. A mail server that is slow or
 * unavailable delays the mails and nothing else.
 */
final class JobMailer implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(JobMailer.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final List<String> OUTCOMES = List.of("sent", "failed", "abandoned");

	private static final int THREADS = 2;

	private static final int MAX_QUEUED = 100;

	private final JobMails mails;

	private final JobMessages messages;

	private final Recipients recipients;

	private final MailTransport transport;

	private final MeterRegistry meters;

	private final AtomicReference<Disposable> running = new AtomicReference<>();

	JobMailer(JobMails mails, JobMessages messages, Recipients recipients, MailTransport transport,
			MeterRegistry meters) {
		this.mails = mails;
		this.messages = messages;
		this.recipients = recipients;
		this.transport = transport;
		this.meters = meters;
		OUTCOMES.forEach((outcome) -> meters.counter("job.mails", "outcome", outcome));
	}

	@Override
	public void start() {
		Scheduler threads = Schedulers.newBoundedElastic(THREADS, MAX_QUEUED, "job-mail", 60, true);
		Disposable sweeps = Mono.defer(() -> sendDue(threads))
			.onErrorResume((failure) -> Mono.fromRunnable(() -> report(failure)))
			.then(Mono.delay(INTERVAL))
			.repeat()
			.doFinally((signal) -> threads.dispose())
			.subscribe();
		this.running.set(sweeps);
	}

	private Mono<Void> sendDue(Scheduler threads) {
		return this.mails.claimDue().flatMap((mail) -> send(mail, threads), THREADS).then();
	}

	/** A failure concerns this mail alone; it is repeated when it is due again. */
	private Mono<Void> send(PendingMail mail, Scheduler threads) {
		return this.recipients.find(mail.jobId())
			.flatMap((recipient) -> this.transport.send(() -> this.messages.create(recipient.job(), recipient.handle()),
					threads))
			.then(Mono.defer(() -> end(mail, "sent")))
			.onErrorResume(NotFound.class, (gone) -> end(mail, "abandoned"))
			.onErrorResume((failure) -> repeatLater(mail, failure));
	}

	private Mono<Void> repeatLater(PendingMail mail, Throwable failure) {
		if (MailFailures.isPermanent(failure) || this.mails.isTooOld(mail)) {
			throttle.log("abandoned", (more) -> log.warn("The mail about job {} will not be sent ({} more): {}",
					mail.jobId(), more, failure.toString()));
			return end(mail, "abandoned").onErrorComplete();
		}
		report(failure);
		count("failed");
		return Mono.empty();
	}

	private Mono<Void> end(PendingMail mail, String outcome) {
		return this.mails.end(mail).doOnSuccess((ended) -> count(outcome));
	}

	private void count(String outcome) {
		this.meters.counter("job.mails", "outcome", outcome).increment();
	}

	private static void report(Throwable failure) {
		throttle.log("mail", (suppressed) -> log.warn("A mail could not be sent and will be repeated ({} more): {}",
				suppressed, failure.toString()));
	}

	@Override
	public void stop() {
		Disposable current = this.running.getAndSet(null);
		if (current != null) {
			current.dispose();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running.get() != null;
	}

	/** Finds the jobs and the members to whom the mails are sent. */
	record Recipients(Jobs jobs, MemberProjection members) {

		/**
		 * Finds the recipient of the mail about a job.
		 * @throws NotFound if the job or the member has been removed
		 */
		Mono<Recipient> find(String jobId) {
			return this.jobs.find(jobId)
				.switchIfEmpty(Mono.error(() -> NotFound.of("job", jobId)))
				.flatMap((job) -> this.members.require(job.value().owner())
					.map(MemberCard::handle)
					.map((handle) -> new Recipient(job, handle)));
		}

	}

	record Recipient(Stored<Job> job, String handle) {
	}

}
