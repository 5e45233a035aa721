package dev.agora.platform.exports;

import java.time.Clock;
import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.kafka.EventPublisher;
import dev.agora.platform.kafka.KafkaFailures;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.tracing.Trace;

/**
 * Sends parts of exports to the reply topic of this service. No outbox holds them: the
 * job that collects a part repeats it until the brokers have acknowledged all of it.
 */
final class ExportPartPublisher {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final EventPublisher publisher;

	private final String topic;

	private final JsonMapper json;

	private final Clock clock;

	ExportPartPublisher(EventPublisher publisher, Build build, JsonMapper json, Clock clock) {
		this.publisher = publisher;
		this.topic = topic(build);
		this.json = json;
		this.clock = clock;
	}

	/** Returns the reply topic of a service: {@code product.export-parts.v1}. */
	static String topic(Build build) {
		return build.service().replace("-service", "") + ".export-parts.v1";
	}

	/**
	 * Sends an event. Completes when the brokers have acknowledged it.
	 * @param part identifies the part and its run
	 * @param version the position of the event in its part
	 * @throws Unavailable if the brokers are unavailable
	 */
	Mono<Void> send(String part, long version, ExportPartEvent event) {
		return Mono
			.deferContextual((context) -> this.publisher.publish(this.topic, part,
					new OutboxEntry(version, EventTypes.nameOf(event.getClass()), this.clock.instant(),
							this.json.writeValueAsString(event), Trace.of(context))))
			// A send may block while the brokers are unavailable.
			.subscribeOn(Schedulers.boundedElastic())
			.onErrorMap((failure) -> KafkaFailures.kind(failure) == KafkaFailures.Kind.UNAVAILABLE,
					(failure) -> new Unavailable("The brokers are unavailable.", RETRY_AFTER));
	}

}
