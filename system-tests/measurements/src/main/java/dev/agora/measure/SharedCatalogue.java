package dev.agora.measure;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The products that the clients of one run share, and the operations that are left. */
final class SharedCatalogue {

	private final int operations;

	private volatile boolean faultsDone;

	private final AtomicInteger started = new AtomicInteger();

	private final List<Product> products = new CopyOnWriteArrayList<>();

	private final Map<String, Integer> counts = new ConcurrentHashMap<>();

	SharedCatalogue(int operations) {
		this.operations = operations;
	}

	/** Takes the next operation; false if all were taken and all faults have happened. */
	boolean next() {
		return this.started.getAndIncrement() < this.operations || !this.faultsDone;
	}

	void endFaults() {
		this.faultsDone = true;
	}

	/** Returns the share of the operations that were taken. */
	double progress() {
		return Math.min(1.0, (double) this.started.get() / this.operations);
	}

	void add(Product product) {
		this.products.add(product);
	}

	/** Returns one of the latest products, so that all clients meet at the same ones. */
	Product any(SplittableRandom random, int latest) {
		List<Product> all = List.copyOf(this.products);
		int first = Math.max(0, all.size() - latest);
		return all.get(random.nextInt(first, all.size()));
	}

	int size() {
		return this.products.size();
	}

	List<Product> all() {
		return List.copyOf(this.products);
	}

	/** Counts an operation by its name and status, such as {@code "PUT 412"}. */
	void count(String operation) {
		this.counts.merge(operation, 1, Integer::sum);
	}

	/** Returns how many operations had a response other than a failure of the server. */
	int answered() {
		return this.counts.entrySet()
			.stream()
			.filter((count) -> count.getKey().matches(".* [234]\\d\\d"))
			.mapToInt(Map.Entry::getValue)
			.sum();
	}

	Map<String, Integer> counts() {
		return new TreeMap<>(this.counts);
	}

	/**
	 * A product that a client has created.
	 *
	 * @param id the product's id
	 * @param authorization the header of its seller
	 */
	record Product(String id, String authorization) {
	}

}
