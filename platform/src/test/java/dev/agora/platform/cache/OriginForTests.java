package dev.agora.platform.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.agora.platform.cache.CloneForTests.Thing;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A system of record that counts how often each of its objects is read.
 */
final class OriginForTests {

	private final Map<String, Versioned<Thing>> things = new ConcurrentHashMap<>();

	private final List<String> reads = new CopyOnWriteArrayList<>();

	private final List<Set<String>> calls = new CopyOnWriteArrayList<>();

	private volatile Duration takes = Duration.ZERO;

	OriginForTests has(String id, long version, String name) {
		this.things.put(id, new Versioned<>(version, new Thing(name, 1)));
		return this;
	}

	OriginForTests lost(String id) {
		this.things.remove(id);
		return this;
	}

	OriginForTests taking(Duration time) {
		this.takes = time;
		return this;
	}

	Mono<Versioned<Thing>> one(String id) {
		return Mono.fromSupplier(() -> {
			this.reads.add(id);
			return this.things.get(id);
		}).delayElement(this.takes);
	}

	Flux<Map.Entry<String, Versioned<Thing>>> all(Set<String> ids) {
		return Flux.defer(() -> {
			this.calls.add(ids);
			this.reads.addAll(ids);
			List<Map.Entry<String, Versioned<Thing>>> found = new ArrayList<>(this.things.entrySet());
			found.removeIf((entry) -> !ids.contains(entry.getKey()));
			return Flux.fromIterable(found);
		}).delaySequence(this.takes);
	}

	long reads(String id) {
		return this.reads.stream().filter(id::equals).count();
	}

	int reads() {
		return this.reads.size();
	}

	int calls() {
		return this.calls.size();
	}

}
