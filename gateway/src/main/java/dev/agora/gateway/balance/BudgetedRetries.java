package dev.agora.gateway.balance;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Decides which requests to a service are sent again after a failure, within a retry
 * budget. A request that was never sent needs no budget: it adds no load, and an instance
 * that is down must not use up the budget before it is ejected.
 */
final class BudgetedRetries {

	private final RetryBudget budget;

	private final Counter unsent;

	private final Counter done;

	private final Counter overBudget;

	BudgetedRetries(String service, RetryBudget budget, MeterRegistry meters) {
		this.budget = budget;
		this.unsent = counter(service, "unsent", meters);
		this.done = counter(service, "done", meters);
		this.overBudget = counter(service, "over-budget", meters);
	}

	/** Deposits for a request that is sent for the first time. */
	void onRequest() {
		this.budget.deposit();
	}

	/**
	 * Returns whether the request is sent again after this failure, and counts the
	 * decision.
	 */
	boolean tryRetry(Failure failure) {
		boolean free = (failure == Failure.CONNECT_FAILED);
		boolean allowed = free || this.budget.tryWithdraw();
		(free ? this.unsent : allowed ? this.done : this.overBudget).increment();
		return allowed;
	}

	private static Counter counter(String service, String outcome, MeterRegistry meters) {
		return meters.counter("retries", "upstream", service, "outcome", outcome);
	}

}
