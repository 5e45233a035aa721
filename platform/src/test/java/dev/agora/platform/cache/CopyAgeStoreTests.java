package dev.agora.platform.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

import dev.agora.platform.cache.TestInstance.Thing;
import dev.agora.platform.consistency.CopyAge;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/** The headers of reads that accept any copy. */
class CopyAgeStoreTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10));

	private static TestRedisServer server;

	private static TestInstance now;

	private static TestInstance later;

	private final TestOrigin origin = new TestOrigin().has("a", 1, "first").has("b", 1, "second");

	@BeforeAll
	static void start() {
		server = TestRedisServer.started();
		now = new TestInstance(server);
		later = new TestInstance(server, TestInstance.SETTINGS, LATER);
	}

	@AfterAll
	static void stop() {
		List.of(now, later).forEach(TestInstance::close);
		server.close();
	}

	@Test
	void aResponseFromTheSourceIsAMissWithoutAnAge() {
		server.flush();
		CopyAge age = new CopyAge();
		now.things.get("a", this.origin::one).contextWrite(age::putInto).block(LIMIT);
		assertThat(headers(age).headerNames()).containsExactly("Cache-Status");
		assertThat(headers(age).getFirst("Cache-Status")).isEqualTo("agora; fwd=miss");
		assertThat(headers(new CopyAge())).as("no cache").isEqualTo(HttpHeaders.EMPTY);
	}

	@Test
	void aResponseIsAsOldAsItsOldestCopy() {
		server.flush();
		now.things.get("a", this.origin::one).block(LIMIT);
		later.things.put("b", 1, new Thing("second", 1)).block(LIMIT);
		CopyAge age = new CopyAge();
		later.things.getAll(Set.of("a", "b"), this.origin::all).contextWrite(age::putInto).block(LIMIT);
		assertThat(seconds(age)).isBetween(599L, 700L);
		assertThat(headers(age).getFirst(HttpHeaders.WARNING)).isNull();
		assertThat(headers(age).getFirst("Cache-Status")).isEqualTo("agora; hit");
	}

	@Test
	void aCopyWhoseSourceIsUnavailableHasAWarning() {
		server.flush();
		now.things.get("a", this.origin::one).block(LIMIT);
		try (TestInstance cut = new TestInstance(server, TestInstance.SETTINGS, LATER)) {
			Awaitility.await("the refresh of the old copy has failed").untilAsserted(() -> {
				CopyAge age = new CopyAge();
				cut.things.get("a", (id) -> Mono.error(new IllegalStateException("unavailable")))
					.contextWrite(age::putInto)
					.block(LIMIT);
				assertThat(seconds(age)).isGreaterThanOrEqualTo(599);
				assertThat(headers(age).getFirst(HttpHeaders.WARNING)).startsWith("110 ");
			});
			cut.things.put("b", 1, new Thing("second", 1)).block(LIMIT);
			CopyAge fresh = new CopyAge();
			cut.things.get("b", this.origin::one).contextWrite(fresh::putInto).block(LIMIT);
			assertThat(headers(fresh).getFirst(HttpHeaders.AGE)).isNotNull();
			assertThat(headers(fresh).getFirst(HttpHeaders.WARNING)).as("another, fresh copy").isNull();
		}
	}

	private static long seconds(CopyAge age) {
		return Long.parseLong(String.valueOf(headers(age).getFirst(HttpHeaders.AGE)));
	}

	private static HttpHeaders headers(CopyAge age) {
		HttpHeaders headers = new HttpHeaders();
		age.addTo(headers, LATER);
		return headers;
	}

}
