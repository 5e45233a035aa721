package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetTests {

	private final TestTicker ticker = new TestTicker();

	private final RetryBudget budget = new RetryBudget(TestBalance.settings(Map.of()), this.ticker);

	@Test
	void givesNoneToThoseWhoRarelyAskIfTold() {
		RetryBudget paid = new RetryBudget(TestBalance.settings(Map.of("gateway.balance.retries-per-second", "0")),
				this.ticker);
		assertThat(paid.take()).isFalse();
		for (int i = 0; i < 10; i++) {
			paid.payIn();
		}
		assertThat(paid.take()).isTrue();
		assertThat(paid.take()).isFalse();
	}

	@Test
	void givesOneRetryASecondToThoseWhoRarelyAsk() {
		assertThat(this.budget.take()).isTrue();
		assertThat(this.budget.take()).isFalse();
		this.ticker.pass(Duration.ofSeconds(5));
		assertThat(this.budget.take()).isTrue();
		assertThat(this.budget.take()).isFalse();
	}

	@Test
	void givesOneRetryForTenRequestsBesides() {
		pay(100);
		assertThat(taken()).isEqualTo(10 + 1);
		pay(9);
		assertThat(taken()).isZero();
		pay(1);
		assertThat(taken()).isOne();
	}

	@Test
	void savesUpAHundredRetriesAtMost() {
		pay(100_000);
		assertThat(taken()).isEqualTo(100 + 1);
	}

	private void pay(int requests) {
		for (int i = 0; i < requests; i++) {
			this.budget.payIn();
		}
	}

	private int taken() {
		int taken = 0;
		while (this.budget.take()) {
			taken++;
		}
		return taken;
	}

}
