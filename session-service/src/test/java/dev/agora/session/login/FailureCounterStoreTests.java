package dev.agora.session.login;

import java.time.Clock;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.client.codec.StringCodec;

import dev.agora.session.session.TestSessions;

import static org.assertj.core.api.Assertions.assertThat;

/** Counters whose keys hold values that another program wrote. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailureCounterStoreTests {

	private static final LoginLimitSettings SETTINGS = new LoginLimitSettings(Duration.ofMinutes(15), 10, 100, 50,
			1000);

	private final TestSessions stored = new TestSessions();

	private final FailureCounter failures = new FailureCounter(this.stored.guard, SETTINGS, Clock.systemUTC());

	@AfterAll
	void close() {
		this.stored.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "junk", "999999", "1.5", "1e300", "inf", "-5", "99999999999999999999", "" })
	void replacesAnInvalidCount(String junk) {
		this.stored.client().getBucket(FailureCounter.key("of " + junk), StringCodec.INSTANCE).set(junk);
		assertCountsToTwo("of " + junk);
	}

	@Test
	void replacesAKeyOfAnotherType() {
		this.stored.client().getList(FailureCounter.key("list"), StringCodec.INSTANCE).add("junk");
		assertCountsToTwo("list");
		this.stored.client().getMap(FailureCounter.key("map"), StringCodec.INSTANCE).put("junk", "junk");
		this.failures.decrement("map").block();
		assertCountsToTwo("map");
		assertThat(this.stored.guard.isAvailable()).isTrue();
	}

	private void assertCountsToTwo(String name) {
		assertThat(this.failures.peek(name, 2).block()).isZero();
		assertThat(this.failures.tryIncrement(name, 2).block()).isZero();
		assertThat(this.failures.tryIncrement(name, 2).block()).isZero();
		assertThat(this.failures.tryIncrement(name, 2).block()).isBetween(Duration.ofMinutes(14),
				Duration.ofMinutes(15));
	}

}
