package dev.agora.platform.tracing;

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

	/** The place of the hexadecimal digit with the sampled flag. */
	private static final int FLAGS = 54;

	private Trace() {
	}

	/** Returns a trace context if it is valid, otherwise a new one. */
	public static String continueOrStart(@Nullable String parent) {
		return (parent != null && isValid(parent)) ? parent : start(0);
	}

	/**
	 * Starts a trace.
	 * @param ratio the share of traces that are sampled, from 0 to 1
	 */
	public static String start(double ratio) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long lower = random.nextLong(1, Long.MAX_VALUE);
		HexFormat hex = HexFormat.of();
		return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(lower) + "-"
				+ hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE))
				+ ((lower < (long) (ratio * Long.MAX_VALUE)) ? "-01" : "-00");
	}

	/** Returns the trace context of a Reactor context, or a new one if it has none. */
	public static String of(ContextView context) {
		return continueOrStart(context.<String>getOrEmpty(PARENT).orElse(null));
	}

	public static boolean isValid(String parent) {
		return FORM.matcher(parent).matches();
	}

	/**
	 * Whether the spans of a valid trace context are recorded. Only one bit says so, and
	 * other flags may be set as well.
	 */
	public static boolean isSampled(String parent) {
		return (Character.digit(parent.charAt(FLAGS), 16) & 1) == 1;
	}

	/** Returns the trace id of a trace context. */
	public static String idOf(String parent) {
		return parent.substring(3, 35);
	}

	/** Returns the id of the span that a trace context names. */
	public static String spanIdOf(String parent) {
		return parent.substring(36, 52);
	}

}
