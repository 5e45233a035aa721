package dev.agora.platform.cache;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import dev.agora.platform.cache.envelope.CacheLookup.Outcome;

/**
 * Counts lookups, loads and puts of one cache.
 */
final class CacheMeters {

	private final Map<Outcome, Counter> reads = new EnumMap<>(Outcome.class);

	private final Timer loads;

	private final Timer failedLoads;

	private final Counter stored;

	private final Counter older;

	private final Counter failed;

	CacheMeters(MeterRegistry meters, String cache) {
		for (Outcome outcome : Outcome.values()) {
			this.reads.put(outcome,
					meters.counter("cache.reads", "cache", cache, "result", outcome.name().toLowerCase(Locale.ROOT)));
		}
		this.loads = meters.timer("cache.loads", "cache", cache, "result", "ok");
		this.failedLoads = meters.timer("cache.loads", "cache", cache, "result", "error");
		this.stored = meters.counter("cache.puts", "cache", cache, "result", "stored");
		this.older = meters.counter("cache.puts", "cache", cache, "result", "older");
		this.failed = meters.counter("cache.puts", "cache", cache, "result", "failed");
	}

	void read(Outcome outcome) {
		Counter counter = this.reads.get(outcome);
		if (counter != null) {
			counter.increment();
		}
	}

	void loaded(Timer.Sample sample) {
		sample.stop(this.loads);
	}

	void loadFailed(Timer.Sample sample) {
		sample.stop(this.failedLoads);
	}

	void put(int stored, int total) {
		this.stored.increment(stored);
		this.older.increment(total - stored);
	}

	void putFailed(int count) {
		this.failed.increment(count);
	}

}
