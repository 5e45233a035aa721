package dev.agora.feed.product;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.agora.platform.event.EventTypes;
import dev.agora.platform.kafka.EventHeaders;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * The newest change of each product in a batch. Activities skip the earlier changes of
 * the batch, so a product that changes faster than its activities can be updated does not
 * delay other products.
 */
final class NewestChanges {

	private static final Set<String> TYPES = Set.of(EventTypes.nameOf(ProductEvent.Repriced.class),
			EventTypes.nameOf(ProductEvent.Retitled.class), EventTypes.nameOf(ProductEvent.Delisted.class));

	private static final long NO_VERSION = 0;

	private final Map<String, Long> versions;

	private NewestChanges(Map<String, Long> versions) {
		this.versions = versions;
	}

	/** Finds the newest changes of a batch, which may contain unreadable events. */
	static NewestChanges in(List<ConsumerRecord<String, byte[]>> records) {
		return new NewestChanges(records.stream()
			.filter((event) -> event.key() != null)
			.filter((event) -> TYPES.contains(String.valueOf(EventHeaders.get(event.headers(), EventHeaders.TYPE))))
			.collect(Collectors.toMap(ConsumerRecord::key, NewestChanges::version, Math::max)));
	}

	/** Whether the batch has no newer change of the same product. */
	boolean contain(ReceivedEvent<?> received) {
		return received.version() >= this.versions.getOrDefault(received.id(), NO_VERSION);
	}

	private static long version(ConsumerRecord<String, byte[]> event) {
		String version = EventHeaders.get(event.headers(), EventHeaders.VERSION);
		return (version != null && version.matches("[0-9]{1,18}")) ? Long.parseLong(version) : NO_VERSION;
	}

}
