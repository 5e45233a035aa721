package dev.agora.gateway.balance;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Which requests to a service are sent again after a failure. What was never sent costs
 * nothing: it is no load on anyone, and a clone that is gone must not use up the budget
 * before it is ejected.
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

	/** A request is sent for the first time. */
	void first() {
		this.budget.payIn();
	}

	/** Whether it is sent again after this failure, which is counted. */
	boolean allow(Failure failure) {
		boolean free = (failure == Failure.NOT_CONNECTED);
		boolean allowed = free || this.budget.take();
		(free ? this.unsent : allowed ? this.done : this.overBudget).increment();
		return allowed;
	}

	private static Counter counter(String service, String outcome, MeterRegistry meters) {
		return meters.counter("retries", "service", service, "outcome", outcome);
	}

}
