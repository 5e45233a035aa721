package dev.agora.console.trace;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import dev.agora.console.trace.StoreCalls.Calls;

import static org.assertj.core.api.Assertions.assertThat;

class StoreCallsTests {

	private final AtomicLong now = new AtomicLong();

	private final StoreCalls calls = new StoreCalls(this.now::get);

	@Test
	void countsTheCallsOfTheLastTenSeconds() {
		for (int millis = 1; millis <= 100; millis++) {
			this.calls.add(call("mongodb", millis, millis > 95));
		}
		this.calls.add(call("redis", 1, false));
		Calls found = this.calls.latency("feed-service", "mongodb").orElseThrow();
		assertThat(found.all().rate()).isEqualTo(10);
		assertThat(found.failed().rate()).isEqualTo(0.5);
		assertThat(found.all().quantile(0.5).orElse(0)).isBetween(49.0, 51.0);
		assertThat(found.all().quantile(0.99).orElse(0)).isBetween(98.0, 100.0);
		this.now.addAndGet(TimeUnit.SECONDS.toNanos(11));
		assertThat(this.calls.latency("feed-service", "mongodb")).isEmpty();
	}

	@Test
	void keepsABoundedNumberOfCalls() {
		for (int i = 0; i < StoreCalls.MAX_CALLS + 10; i++) {
			this.calls.add(call("redis", 1, false));
		}
		assertThat(this.calls.latency("feed-service", "redis").orElseThrow().all().count())
			.isEqualTo(StoreCalls.MAX_CALLS);
	}

	private static Span call(String store, long millis, boolean failed) {
		return new Span("1", "2", "find", "CLIENT", "feed-service", "", 0, millis * 1000, failed,
				Map.of("db.system.name", store));
	}

}
