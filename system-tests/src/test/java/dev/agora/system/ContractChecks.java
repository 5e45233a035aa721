package dev.agora.system;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.agora.contract.Contract;
import dev.agora.contract.Exchange;
import dev.agora.contract.Operation;

/** Holds every answer of the run against the contract, and remembers what was served. */
final class ContractChecks {

	private static final Contract contract = Contract.load();

	private static final Set<Operation> served = ConcurrentHashMap.newKeySet();

	private ContractChecks() {
	}

	/** Fails the journey that got an answer which is not as agreed. */
	static void check(Exchange exchange) {
		List<String> faults = contract.faults(exchange);
		if (!faults.isEmpty()) {
			throw new AssertionError(exchange + " is not as the contract says: " + faults);
		}
		if (exchange.status() < 300) {
			contract.find(exchange).ifPresent(served::add);
		}
	}

	/** The operations that the contract promises and that no journey has got. */
	static List<Operation> neverServed() {
		Set<Operation> left = new HashSet<>(contract.operations());
		left.removeAll(served);
		return left.stream().sorted(Comparator.comparing(Operation::toString)).toList();
	}

}
