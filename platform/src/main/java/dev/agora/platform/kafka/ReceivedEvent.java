package dev.agora.platform.kafka;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.event.Event;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.kafka.tracing.ConsumerSpans;

/**
 * An event as a listener receives it.
 *
 * @param id the id of the aggregate
 * @param version the version of the aggregate after the event, by which every effect is
 * guarded
 * @param at the time of the event
 * @param event the event
 * @param trace the trace context of the event, also if a batch is applied within the
 * trace of another event
 * @param <E> the events of the aggregate
 */
public record ReceivedEvent<E extends Event>(String id, long version, Instant at, E event, String trace) {

	/**
	 * Reads the events of an aggregate. An event of an unknown type is ignored.
	 *
	 * @param types the events by the names of their types
	 * @param json reads the data of an event
	 * @param <E> the reader's own records of the events
	 */
	public record Reader<E extends Event>(EventTypes<E> types, JsonMapper json) {

		/**
		 * Creates a reader.
		 * @param events the sealed interface with the reader's own records of the events
		 * @param json a tolerant mapper
		 */
		public static <E extends Event> Reader<E> of(Class<E> events, JsonMapper json) {
			return new Reader<>(EventTypes.of(events), json);
		}

		/**
		 * Creates a mapper that ignores unknown fields, which producers may add. It is
		 * created once, since it keeps what it knows of each record.
		 */
		public static JsonMapper tolerant(JsonMapper json) {
			return json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
		}

		/**
		 * Reads a record.
		 * @throws UnreadableEvent if it is no valid event
		 */
		public Optional<ReceivedEvent<E>> read(ConsumerRecord<String, byte[]> event) {
			try {
				return this.types.classOf(EventHeaders.require(event.headers(), EventHeaders.TYPE))
					.map((type) -> received(event, type));
			}
			catch (JacksonException ex) {
				throw new UnreadableEvent("The event cannot be read: " + ex.getOriginalMessage(), ex);
			}
			catch (DateTimeException | IllegalArgumentException ex) {
				throw new UnreadableEvent("The event cannot be read: " + ex.getMessage(), ex);
			}
		}

		private ReceivedEvent<E> received(ConsumerRecord<String, byte[]> event, Class<? extends E> type) {
			String id = require(event.key(), "key");
			long version = Long.parseLong(EventHeaders.require(event.headers(), EventHeaders.VERSION));
			Instant at = Instant.parse(EventHeaders.require(event.headers(), EventHeaders.TIME));
			E read = require(this.json.readValue(require(event.value(), "value"), type), "event");
			return new ReceivedEvent<>(id, version, at, read, ConsumerSpans.traceOf(event));
		}

		private static <T> T require(@Nullable T part, String name) {
			if (part == null) {
				throw new UnreadableEvent("The record has no " + name + ".", null);
			}
			return part;
		}

	}

}
