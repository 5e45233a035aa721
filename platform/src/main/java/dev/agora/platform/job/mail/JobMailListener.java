package dev.agora.platform.job.mail;

import java.time.Clock;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.job.JobEvent;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.lifecycle.Build;

/** Adds a mail for each job of a member that ends, if there is a mail server. */
@ConditionalOnProperty("spring.mail.host")
public final class JobMailListener {

	private final EventStream events;

	private final JobMails mails;

	private final Build build;

	private final Clock clock;

	JobMailListener(EventStream events, JobMails mails, Build build, Clock clock) {
		this.events = events;
		this.mails = mails;
		this.build = build;
		this.clock = clock;
	}

	/** The consumer group: {@code product.job-mails} in product-service. */
	public String group() {
		return this.build.service().replace("-service", ".job-mails");
	}

	/** The topic of the service's jobs. */
	public String topic() {
		return Jobs.topic(this.build);
	}

	@KafkaListener(topics = "#{__listener.topic()}", groupId = "#{__listener.group()}")
	void onJobs(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, JobEvent.class, this::apply);
	}

	/**
	 * A system task has no owner who could read a mail. Old events are read when mail is
	 * set up; nobody waits for their mails.
	 */
	Mono<Void> apply(ReceivedEvent<JobEvent> received) {
		boolean recent = received.at().plus(JobMails.MAX_AGE).isAfter(this.clock.instant());
		return (recent && received.event() instanceof JobEvent.Ended ended && IdGenerator.isId(ended.owner()))
				? this.mails.add(received.id()) : Mono.empty();
	}

}
