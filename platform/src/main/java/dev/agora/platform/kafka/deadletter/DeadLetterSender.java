package dev.agora.platform.kafka.deadletter;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import dev.agora.platform.kafka.EventPublisher;
import dev.agora.platform.kafka.KafkaFailures;
import dev.agora.platform.log.LogThrottle;

/** Sends the events that listeners could not apply to their dead letters. */
public final class DeadLetterSender {

	private static final Logger log = LoggerFactory.getLogger(DeadLetterSender.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private final EventPublisher publisher;

	private final MeterRegistry meters;

	public DeadLetterSender(EventPublisher publisher, MeterRegistry meters) {
		this.publisher = publisher;
		this.meters = meters;
	}

	/**
	 * Sends an event to the dead letters of a consumer group.
	 * @param failure why the event could not be applied
	 */
	public Mono<Void> send(ConsumerRecord<String, byte[]> event, String group, Throwable failure) {
		return this.publisher.sendToDeadLetters(event, group, failure)
			.doOnSuccess((sent) -> reportDeadLetter(event, group, failure))
			.onErrorResume((refusal) -> !KafkaFailures.isUnavailable(refusal),
					(refusal) -> Mono.fromRunnable(() -> reportSkipped(event, group, failure, refusal)));
	}

	private void reportDeadLetter(ConsumerRecord<String, byte[]> event, String group, Throwable failure) {
		this.meters.counter("events.dead", "group", group).increment();
		throttle.log(group,
				(suppressed) -> log.error("{} could not apply {} and sent it to its dead letters ({} more of them): {}",
						group, position(event), suppressed, KafkaFailures.describe(failure)));
	}

	/**
	 * Reports an event that not even a shortened dead letter can hold. The event stays in
	 * its topic. Waiting until the dead letter is stored would stop the group for ever.
	 */
	private void reportSkipped(ConsumerRecord<String, byte[]> event, String group, Throwable failure,
			Throwable refusal) {
		this.meters.counter("events.passed.over", "group", group).increment();
		log.error("{} skipped {}, which it could neither apply nor send to its dead letters: {}; {}", group,
				position(event), KafkaFailures.describe(failure), KafkaFailures.describe(refusal));
	}

	private static String position(ConsumerRecord<String, byte[]> event) {
		return event.topic() + "-" + event.partition() + "@" + event.offset();
	}

}
