package dev.agora.platform.mongo.tracing;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import com.mongodb.RequestContext;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.tracing.ActiveSpan;

/**
 * The span in which an operation runs, and the span of its current command. The driver
 * passes it from the operation to the events of the commands.
 */
final class CommandContext implements RequestContext {

	private final Map<Object, Object> values = new HashMap<>();

	private final ActiveSpan parent;

	private volatile @Nullable ActiveSpan command;

	CommandContext(ActiveSpan parent) {
		this.parent = parent;
	}

	ActiveSpan parent() {
		return this.parent;
	}

	void start(ActiveSpan started) {
		this.command = started;
	}

	/** Returns the span of the current command, once. */
	@Nullable ActiveSpan take() {
		ActiveSpan current = this.command;
		this.command = null;
		return current;
	}

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T> @Nullable T get(Object key) {
		return (T) this.values.get(key);
	}

	@Override
	public boolean hasKey(Object key) {
		return this.values.containsKey(key);
	}

	@Override
	public boolean isEmpty() {
		return this.values.isEmpty();
	}

	@Override
	public void put(Object key, Object value) {
		this.values.put(key, value);
	}

	@Override
	public void delete(Object key) {
		this.values.remove(key);
	}

	@Override
	public int size() {
		return this.values.size();
	}

	@Override
	public Stream<Map.Entry<Object, Object>> stream() {
		return this.values.entrySet().stream();
	}

}
