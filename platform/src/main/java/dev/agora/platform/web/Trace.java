package dev.agora.platform.web;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** The W3C trace context of a request, as it travels in headers and events. */
public final class Trace {

	/** The header, the Kafka header and the key in the Reactor context. */
	public static final String PARENT = "traceparent";

	private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

	private Trace() {
	}

	/** The client's trace context if it sent a valid one, else a new one. */
	public static String continueOrStart(@Nullable String parent) {
		if (parent != null && FORM.matcher(parent).matches()) {
			return parent;
		}
		ThreadLocalRandom random = ThreadLocalRandom.current();
		HexFormat hex = HexFormat.of();
		return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)) + "-"
				+ hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)) + "-01";
	}

	/**
	 * The trace context under which a reactive chain runs; a new one outside any request.
	 */
	public static String of(ContextView context) {
		return continueOrStart(context.<String>getOrEmpty(PARENT).orElse(null));
	}

	/** The trace id within a trace context. */
	public static String idOf(String parent) {
		return parent.substring(3, 35);
	}

}
