package dev.agora.platform.document;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.consistency.SeenWrite;
import dev.agora.platform.event.Event;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.tracing.Trace;

/**
 * An event that is stored in its aggregate's document until Kafka has acknowledged it.
 *
 * @param version the version of the aggregate after the event
 * @param type the event's type, as in {@code product.listed}
 * @param at when it happened
 * @param data the event as JSON
 * @param trace the trace context of the request that caused it
 */
public record OutboxEntry(long version, String type, Instant at, String data, String trace) {

	private static final BsonString NO_TRACE = new BsonString("");

	BsonDocument toBson() {
		return new BsonDocument("version", new BsonInt64(this.version)).append("type", new BsonString(this.type))
			.append("at", new BsonDateTime(this.at.toEpochMilli()))
			.append("data", new BsonString(this.data))
			.append("trace", new BsonString(this.trace));
	}

	/** Reads the unsent events of a document, in the order in which they happened. */
	static List<OutboxEntry> unsent(BsonDocument document) {
		return document.getArray("outbox", new BsonArray())
			.stream()
			.map(BsonValue::asDocument)
			.map(OutboxEntry::of)
			.toList();
	}

	/**
	 * Returns the writes of a document whose events are not sent: each of them, since
	 * readers apply some of the types alone. A write without an event concerns no reader
	 * of another service. The time is taken after the document was written.
	 */
	static List<SeenWrite> unsentWrites(BsonDocument document, Clock clock) {
		String id = document.getString("_id").getValue();
		long time = Math.max(clock.millis(), document.getDateTime("updatedAt").getValue());
		return unsent(document).stream()
			.map((entry) -> new SeenWrite(id, entry.version(), time, SeenWrite.code(entry.type())))
			.toList();
	}

	/**
	 * Returns the writes of a document that an earlier request has written. If all events
	 * are sent, their types are unknown, and a reader may not apply the last one. Then
	 * the time of the last write counts, which the watermark of a sent event passes soon.
	 */
	static List<SeenWrite> lastWrites(BsonDocument document, Clock clock) {
		List<SeenWrite> unsent = unsentWrites(document, clock);
		return unsent.isEmpty() ? List.of(new SeenWrite(document.getString("_id").getValue(),
				document.getInt64("version").getValue(), document.getDateTime("updatedAt").getValue())) : unsent;
	}

	private static OutboxEntry of(BsonDocument entry) {
		return new OutboxEntry(entry.getInt64("version").getValue(), entry.getString("type").getValue(),
				Instant.ofEpochMilli(entry.getDateTime("at").getValue()), entry.getString("data").getValue(),
				Trace.continueOrStart(entry.getString("trace", NO_TRACE).getValue()));
	}

	/** Creates the entries of events that happen now. */
	record Factory(JsonMapper json, Clock clock) {

		OutboxEntry create(long version, Event event, String trace) {
			return new OutboxEntry(version, EventTypes.nameOf(event.getClass()), this.clock.instant(),
					this.json.writeValueAsString(event), trace);
		}

	}

}
