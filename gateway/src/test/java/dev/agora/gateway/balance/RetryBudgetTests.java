package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetTests {

	private final TestTicker ticker = new TestTicker();

	private final RetryBudget budget = new RetryBudget(TestLoadBalancer.settings(Map.of()), this.ticker);

	@Test
	void hasNoFreeRetriesIfSet() {
		RetryBudget withoutFreeRetries = new RetryBudget(
				TestLoadBalancer.settings(Map.of("gateway.balance.retries-per-second", "0")), this.ticker);
		assertThat(withoutFreeRetries.tryWithdraw()).isFalse();
		for (int i = 0; i < 10; i++) {
			withoutFreeRetries.deposit();
		}
		assertThat(withoutFreeRetries.tryWithdraw()).isTrue();
		assertThat(withoutFreeRetries.tryWithdraw()).isFalse();
	}

	@Test
	void hasOneFreeRetryASecond() {
		assertThat(this.budget.tryWithdraw()).isTrue();
		assertThat(this.budget.tryWithdraw()).isFalse();
		this.ticker.advance(Duration.ofSeconds(5));
		assertThat(this.budget.tryWithdraw()).isTrue();
		assertThat(this.budget.tryWithdraw()).isFalse();
	}

	@Test
	void allowsOneRetryForTenRequests() {
		deposit(100);
		assertThat(withdrawn()).isEqualTo(10 + 1);
		deposit(9);
		assertThat(withdrawn()).isZero();
		deposit(1);
		assertThat(withdrawn()).isOne();
	}

	@Test
	void savesAtMostAHundredRetries() {
		deposit(100_000);
		assertThat(withdrawn()).isEqualTo(100 + 1);
	}

	private void deposit(int requests) {
		for (int i = 0; i < requests; i++) {
			this.budget.deposit();
		}
	}

	private int withdrawn() {
		int withdrawn = 0;
		while (this.budget.tryWithdraw()) {
			withdrawn++;
		}
		return withdrawn;
	}

}
