package dev.agora.platform.kafka;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Names, writes and reads the headers of an event: CloudEvents 1.0 in binary mode, and
 * the headers that a dead letter adds.
 */
public final class EventHeaders {

	public static final String SPEC_VERSION = "ce_specversion";

	public static final String ID = "ce_id";

	public static final String TYPE = "ce_type";

	public static final String SOURCE = "ce_source";

	public static final String SUBJECT = "ce_subject";

	public static final String TIME = "ce_time";

	/** The aggregate's version, a CloudEvents extension. */
	public static final String VERSION = "ce_version";

	public static final String CONTENT_TYPE = "content-type";

	/** The failure of a dead letter, in one line. */
	public static final String CAUSE = "agora_cause";

	/** The length of the event's value in bytes, before it was shortened to fit. */
	public static final String SHORTENED_FROM = "agora_shortened_from";

	/** The consumer group that a replayed event is for; the other groups ignore it. */
	public static final String REPLAY_FOR = "agora_replay_for";

	private EventHeaders() {
	}

	public static void put(RecordHeaders headers, String name, String value) {
		headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
	}

	public static @Nullable String get(org.apache.kafka.common.header.Headers headers, String name) {
		Header header = headers.lastHeader(name);
		return (header != null && header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : null;
	}

	static String require(org.apache.kafka.common.header.Headers headers, String name) {
		String value = get(headers, name);
		if (value == null) {
			throw new IllegalArgumentException("The header " + name + " is missing.");
		}
		return value;
	}

}
