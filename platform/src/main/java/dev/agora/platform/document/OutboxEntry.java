package dev.agora.platform.document;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.consistency.SeenWrite;
import dev.agora.platform.event.Event;
import dev.agora.platform.event.EventTypes;

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

	BsonDocument toBson() {
		return new BsonDocument("version", new BsonInt64(this.version)).append("type", new BsonString(this.type))
			.append("at", new BsonDateTime(this.at.toEpochMilli()))
			.append("data", new BsonString(this.data))
			.append("trace", new BsonString(this.trace));
	}

	/** The code of the type of a version's event; unknown once the event is sent. */
	static short typeOf(long version, List<OutboxEntry> unsent) {
		return unsent.stream()
			.filter((entry) -> entry.version() == version)
			.map((entry) -> SeenWrite.code(entry.type()))
			.findFirst()
			.orElse(SeenWrite.ANY_TYPE);
	}

	static OutboxEntry of(BsonDocument entry) {
		return new OutboxEntry(entry.getInt64("version").getValue(), entry.getString("type").getValue(),
				Instant.ofEpochMilli(entry.getDateTime("at").getValue()), entry.getString("data").getValue(),
				entry.getString("trace").getValue());
	}

	/** Creates the entries of events that happen now. */
	record Factory(JsonMapper json, Clock clock) {

		OutboxEntry create(long version, Event event, String trace) {
			return new OutboxEntry(version, EventTypes.nameOf(event.getClass()), this.clock.instant(),
					this.json.writeValueAsString(event), trace);
		}

	}

}
