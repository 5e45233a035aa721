package dev.agora.platform.document;

import java.time.Instant;

import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

import dev.agora.platform.event.Event;
import dev.agora.platform.event.EventTypes;

/**
 * An event that waits in its aggregate's own document until Kafka has it.
 *
 * @param version the aggregate's version that the event made
 * @param type the event's type, as in {@code product.listed}
 * @param at when it happened
 * @param data the event as JSON
 * @param trace the trace context of the request that caused it
 */
public record OutboxEntry(long version, String type, Instant at, String data, String trace) {

	/** What happens now. */
	static OutboxEntry of(long version, Event event, String trace, DocumentStore store) {
		return new OutboxEntry(version, EventTypes.nameOf(event.getClass()), store.clock().instant(),
				store.json().writeValueAsString(event), trace);
	}

	BsonDocument toBson() {
		return new BsonDocument("version", new BsonInt64(this.version)).append("type", new BsonString(this.type))
			.append("at", new BsonDateTime(this.at.toEpochMilli()))
			.append("data", new BsonString(this.data))
			.append("trace", new BsonString(this.trace));
	}

	static OutboxEntry of(BsonDocument entry) {
		return new OutboxEntry(entry.getInt64("version").getValue(), entry.getString("type").getValue(),
				Instant.ofEpochMilli(entry.getDateTime("at").getValue()), entry.getString("data").getValue(),
				entry.getString("trace").getValue());
	}

}
