package dev.agora.platform.web;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** Reads and creates W3C trace contexts, which requests and events carry. */
public final class Trace {

	/**
	 * The name of the HTTP header, the Kafka header and the key in the Reactor context.
	 */
	public static final String PARENT = "traceparent";

	private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

	private Trace() {
	}

	/** Returns the trace context of the client if it is valid, otherwise a new one. */
	public static String continueOrStart(@Nullable String parent) {
		if (parent != null && FORM.matcher(parent).matches()) {
			return parent;
		}
		ThreadLocalRandom random = ThreadLocalRandom.current();
		HexFormat hex = HexFormat.of();
		return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)) + "-"
				+ hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)) + "-01";
	}

	/** Returns the trace context of a Reactor context, or a new one if it has none. */
	public static String of(ContextView context) {
		return continueOrStart(context.<String>getOrEmpty(PARENT).orElse(null));
	}

	/** Returns the trace id of a trace context. */
	public static String idOf(String parent) {
		return parent.substring(3, 35);
	}

}
