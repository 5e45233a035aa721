package dev.agora.platform.tracing.log;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.tracing.Trace;

/**
 * The trace of the work that the current thread does. Its log lines carry the id of this
 * trace.
 */
public final class LogTrace {

	private static final ThreadLocal<@Nullable String> current = new ThreadLocal<>();

	private LogTrace() {
	}

	/** Returns the id of the current trace, or null if there is none. */
	public static @Nullable String id() {
		String trace = current.get();
		return (trace != null && Trace.isValid(trace)) ? Trace.idOf(trace) : null;
	}

	/** Runs something whose log lines belong to a trace. */
	public static void run(String trace, Runnable work) {
		String before = replace(trace);
		try {
			work.run();
		}
		finally {
			replace(before);
		}
	}

	/**
	 * Sets the current trace.
	 * @return the trace before, which must be set again
	 */
	static @Nullable String replace(@Nullable String trace) {
		String before = current.get();
		current.set(trace);
		return before;
	}

	static @Nullable String current() {
		return current.get();
	}

}
