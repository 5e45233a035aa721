package dev.agora.platform.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.cache.TestInstance.Thing;

/**
 * A system of record that counts the reads of each object.
 */
public final class TestOrigin {

	private final Map<String, Versioned<Thing>> things = new ConcurrentHashMap<>();

	private final List<String> reads = new CopyOnWriteArrayList<>();

	private final List<Set<String>> calls = new CopyOnWriteArrayList<>();

	private volatile Duration takes = Duration.ZERO;

	public TestOrigin has(String id, long version, String name) {
		this.things.put(id, new Versioned<>(version, new Thing(name, 1)));
		return this;
	}

	TestOrigin taking(Duration time) {
		this.takes = time;
		return this;
	}

	public Mono<Versioned<Thing>> one(String id) {
		return Mono.fromSupplier(() -> {
			this.reads.add(id);
			return this.things.get(id);
		}).delayElement(this.takes);
	}

	public Flux<Map.Entry<String, Versioned<Thing>>> all(Set<String> ids) {
		return Flux.defer(() -> {
			this.calls.add(ids);
			this.reads.addAll(ids);
			List<Map.Entry<String, Versioned<Thing>>> found = new ArrayList<>(this.things.entrySet());
			found.removeIf((entry) -> !ids.contains(entry.getKey()));
			return Flux.fromIterable(found);
		}).delaySequence(this.takes);
	}

	public long reads(String id) {
		return this.reads.stream().filter(id::equals).count();
	}

	public int reads() {
		return this.reads.size();
	}

	/** Waits until there were some reads. */
	void awaitReads(int count) {
		Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> reads() >= count);
	}

	int calls() {
		return this.calls.size();
	}

}
