package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Load balancing with one instance that is three times slower than the others. */
class LoadModelTests {

	private static final Duration QUICK = Duration.ofMillis(5);

	private static final Duration SLOW = Duration.ofMillis(15);

	/** The two quick instances and the slow one can serve 466 a second together. */
	private static final int REQUESTS_A_SECOND = 280;

	@Test
	void givesEqualInstancesEqualShares() {
		LoadModel model = new LoadModel("load", QUICK, QUICK, QUICK).askedByClients(12, 20_000);
		assertThat(List.of(model.share(0), model.share(1), model.share(2)))
			.allSatisfy((share) -> assertThat(share).isBetween(0.30, 0.37));
	}

	@Test
	void givesASlowInstanceTheShareItCanServe() {
		LoadModel model = new LoadModel("load", QUICK, QUICK, SLOW).askedByClients(24, 20_000);
		assertThat(model.share(2)).as("a seventh").isBetween(0.09, 0.19);
	}

	@Test
	void givesASlowInstanceAnEqualShareByRoundRobin() {
		LoadModel model = new LoadModel("round-robin", QUICK, QUICK, SLOW).askedByClients(24, 20_000);
		assertThat(model.share(2)).isBetween(0.33, 0.34);
	}

	@Test
	void keepsTheLatencyOfEqualInstancesWhereRoundRobinDoesNot() {
		long equal = new LoadModel("load", QUICK, QUICK, QUICK).p99WhenAsked(REQUESTS_A_SECOND, 20_000);
		long byLoad = new LoadModel("load", QUICK, QUICK, SLOW).p99WhenAsked(REQUESTS_A_SECOND, 20_000);
		long inTurns = new LoadModel("round-robin", QUICK, QUICK, SLOW).p99WhenAsked(REQUESTS_A_SECOND, 20_000);
		assertThat(byLoad).isLessThan(3 * equal);
		assertThat(inTurns).isGreaterThan(100 * byLoad);
	}

}
