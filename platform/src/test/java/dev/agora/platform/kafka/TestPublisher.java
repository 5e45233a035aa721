package dev.agora.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.agora.platform.tracing.Tracing;

/** A publisher whose brokers are Kafka's own mock. */
public final class TestPublisher {

	private final MockProducer<String, byte[]> brokers = new MockProducer<>(true, null, new StringSerializer(),
			new ByteArraySerializer());

	private final EventPublisher publisher;

	/**
	 * Creates a publisher.
	 * @param service the name of the service
	 */
	public TestPublisher(String service) {
		this.publisher = new EventPublisher(this.brokers, service, Tracing.disabled());
	}

	public EventPublisher publisher() {
		return this.publisher;
	}

	/** Creates a stream whose dead letters this publisher sends. */
	public EventStream stream() {
		KafkaSettings settings = new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("agora.kafka",
				KafkaSettings.class);
		return new EventStream(this.publisher, JsonMapper.shared(), settings, (group, marks) -> Mono.empty(),
				new SimpleMeterRegistry());
	}

	/** Lets the brokers be unavailable, or available again. */
	public void setAvailable(boolean available) {
		this.brokers.sendException = available ? null : new TimeoutException("No broker responds.");
	}

	/** Lists what was sent, in order. */
	public List<Sent> sent() {
		return this.brokers.history().stream().map(TestPublisher::toSent).toList();
	}

	private static Sent toSent(ProducerRecord<String, byte[]> event) {
		return new Sent(event.topic(), event.key(),
				String.valueOf(EventHeaders.get(event.headers(), EventHeaders.TYPE)),
				Integer.parseInt(String.valueOf(EventHeaders.get(event.headers(), EventHeaders.VERSION))),
				JsonMapper.shared().readTree(new String(event.value(), StandardCharsets.UTF_8)), event.value().length);
	}

	/**
	 * An event that was sent.
	 *
	 * @param data the value
	 * @param bytes the length of the value
	 */
	public record Sent(String topic, String key, String type, int version, JsonNode data, int bytes) {
	}

}
