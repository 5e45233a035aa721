package dev.agora.system;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.agora.contract.Contract;
import dev.agora.contract.Exchange;
import dev.agora.contract.Operation;

/**
 * Checks every response of the run against the contract and records the served
 * operations.
 */
final class ContractChecks {

	private static final Contract contract = Contract.load();

	private static final Set<Operation> served = ConcurrentHashMap.newKeySet();

	private ContractChecks() {
	}

	/** Fails the journey if an exchange violates the contract. */
	static void check(Exchange exchange) {
		List<String> faults = contract.faults(exchange);
		if (!faults.isEmpty()) {
			throw new AssertionError(exchange + " violates the contract: " + faults);
		}
		if (exchange.status() < 300) {
			contract.find(exchange).ifPresent(served::add);
		}
	}

	/** Lists the operations of the contract that no journey has used with success. */
	static List<Operation> neverServed() {
		Set<Operation> unserved = new HashSet<>(contract.operations());
		unserved.removeAll(served);
		return unserved.stream().sorted(Comparator.comparing(Operation::toString)).toList();
	}

}
