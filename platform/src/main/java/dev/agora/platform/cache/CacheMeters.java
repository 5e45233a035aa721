package dev.agora.platform.cache;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import dev.agora.platform.cache.envelope.CacheLookup.Outcome;

/**
 * Counts lookups, loads and puts of one cache.
 */
final class CacheMeters {

	private final Map<Outcome, Counter> reads = new EnumMap<>(Outcome.class);

	private final Map<LoadCause, Timer> loads;

	private final Map<LoadCause, Timer> failedLoads;

	private final Counter stored;

	private final Counter older;

	private final Counter failed;

	CacheMeters(MeterRegistry meters, String cache) {
		for (Outcome outcome : Outcome.values()) {
			this.reads.put(outcome,
					meters.counter("cache.reads", "cache", cache, "result", outcome.name().toLowerCase(Locale.ROOT)));
		}
		this.loads = loads(meters, cache, "ok");
		this.failedLoads = loads(meters, cache, "error");
		this.stored = meters.counter("cache.puts", "cache", cache, "result", "stored");
		this.older = meters.counter("cache.puts", "cache", cache, "result", "older");
		this.failed = meters.counter("cache.puts", "cache", cache, "result", "failed");
	}

	private static Map<LoadCause, Timer> loads(MeterRegistry meters, String cache, String result) {
		Map<LoadCause, Timer> loads = new EnumMap<>(LoadCause.class);
		for (LoadCause cause : LoadCause.values()) {
			loads.put(cause, meters.timer("cache.loads", "cache", cache, "cause", cause.tag(), "result", result));
		}
		return loads;
	}

	void read(Outcome outcome) {
		Counter counter = this.reads.get(outcome);
		if (counter != null) {
			counter.increment();
		}
	}

	void loaded(Timer.Sample sample, LoadCause cause) {
		sample.stop(Objects.requireNonNull(this.loads.get(cause)));
	}

	void loadFailed(Timer.Sample sample, LoadCause cause) {
		sample.stop(Objects.requireNonNull(this.failedLoads.get(cause)));
	}

	void put(int stored, int total) {
		this.stored.increment(stored);
		this.older.increment(total - stored);
	}

	void putFailed(int count) {
		this.failed.increment(count);
	}

}
