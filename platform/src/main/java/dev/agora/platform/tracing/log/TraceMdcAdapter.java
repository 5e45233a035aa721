package dev.agora.platform.tracing.log;

import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.StatusListener;
import ch.qos.logback.core.status.StatusManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.MDCAdapter;

/**
 * Adds the id of the current trace to the diagnostic context of a log line as
 * {@code traceId}, for patterns and for JSON. It is looked up when a line is written, so
 * that work that writes no lines pays nothing for it.
 */
final class TraceMdcAdapter implements MDCAdapter {

	/** The name of the value in the diagnostic context. */
	static final String TRACE_ID = "traceId";

	private final MDCAdapter others;

	private TraceMdcAdapter(MDCAdapter others) {
		this.others = others;
	}

	/** Wraps the adapter of Logback. Has no effect the second time. */
	static void install() {
		ILoggerFactory factory = LoggerFactory.getILoggerFactory();
		if (factory instanceof LoggerContext context && !(context.getMDCAdapter() instanceof TraceMdcAdapter)) {
			// Logback warns of a second adapter, which is intended here.
			StatusManager status = context.getStatusManager();
			List<StatusListener> listeners = status.getCopyOfStatusListenerList();
			listeners.forEach(status::remove);
			context.setMDCAdapter(new TraceMdcAdapter(context.getMDCAdapter()));
			listeners.forEach(status::add);
		}
	}

	@Override
	public @Nullable Map<String, String> getCopyOfContextMap() {
		@Nullable String id = LogTrace.id();
		@Nullable Map<String, String> values = this.others.getCopyOfContextMap();
		if (id == null) {
			return values;
		}
		Map<String, String> all = (values != null) ? new HashMap<>(values) : new HashMap<>();
		all.put(TRACE_ID, id);
		return all;
	}

	@Override
	public @Nullable String get(String key) {
		return TRACE_ID.equals(key) ? LogTrace.id() : this.others.get(key);
	}

	@Override
	public void put(String key, @Nullable String value) {
		this.others.put(key, value);
	}

	@Override
	public void remove(String key) {
		this.others.remove(key);
	}

	@Override
	public void clear() {
		this.others.clear();
	}

	@Override
	public void setContextMap(Map<String, String> values) {
		this.others.setContextMap(values);
	}

	@Override
	public void pushByKey(String key, @Nullable String value) {
		this.others.pushByKey(key, value);
	}

	@Override
	public @Nullable String popByKey(String key) {
		return this.others.popByKey(key);
	}

	@Override
	public @Nullable Deque<String> getCopyOfDequeByKey(String key) {
		return this.others.getCopyOfDequeByKey(key);
	}

	@Override
	public void clearDequeByKey(String key) {
		this.others.clearDequeByKey(key);
	}

}
