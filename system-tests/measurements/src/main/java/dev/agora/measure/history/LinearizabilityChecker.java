package dev.agora.measure.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides whether the writes and strong reads of one register are linearizable: whether
 * each can be given a moment between its request and its response, such that every read
 * returns the last value that was written before.
 * <p>
 * It is the algorithm of Gibbons and Korach for registers whose values are written once
 * (Testing Shared Memories, SIAM Journal on Computing 26(4), 1997). A write and the reads
 * of its value form a cluster. If they cannot all happen at one moment, the register must
 * have the value from the first end to the last start among them: a forward zone.
 * Otherwise they fit into any moment of their backward zone. A history is linearizable if
 * no read ends before its write starts, no two forward zones overlap, and no backward
 * zone lies within a forward zone. This takes n log n steps.
 */
public final class LinearizabilityChecker {

	private final Map<String, Cluster> clusters = new HashMap<>();

	private final String register;

	private LinearizabilityChecker(String register) {
		this.register = register;
	}

	/**
	 * Checks one register.
	 * @param reads the answered reads
	 * @return a violation, empty if the history is linearizable
	 */
	public static Optional<Violation> check(String register, Collection<Write> writes, Collection<Read> reads) {
		LinearizabilityChecker checker = new LinearizabilityChecker(register);
		writes.forEach((write) -> checker.clusters.put(write.value(), new Cluster(write)));
		return checker.addReads(reads).or(checker::checkZones);
	}

	private Optional<Violation> addReads(Collection<Read> reads) {
		for (Read read : reads) {
			Cluster cluster = this.clusters.get(read.value());
			if (cluster == null || read.end() < cluster.write.start()) {
				return violation("a read returned “" + read.value() + "”, which was not written yet");
			}
			cluster.add(read);
		}
		return Optional.empty();
	}

	private Optional<Violation> checkZones() {
		List<Cluster> effective = this.clusters.values().stream().filter(Cluster::hasEffect).toList();
		List<Cluster> forward = new ArrayList<>(effective.stream().filter(Cluster::isForward).toList());
		forward.sort(Comparator.comparingLong((cluster) -> cluster.firstEnd));
		for (int next = 1; next < forward.size(); next++) {
			if (forward.get(next).firstEnd < forward.get(next - 1).lastStart) {
				return conflict(forward.get(next - 1), forward.get(next));
			}
		}
		NavigableMap<Long, Cluster> byFirstEnd = new TreeMap<>();
		forward.forEach((cluster) -> byFirstEnd.put(cluster.firstEnd, cluster));
		return effective.stream()
			.filter((cluster) -> !cluster.isForward())
			.flatMap((cluster) -> findAround(cluster, byFirstEnd).flatMap((around) -> conflict(around, cluster))
				.stream())
			.findFirst();
	}

	/** Finds the forward zone in which a backward zone lies. */
	private static Optional<Cluster> findAround(Cluster backward, NavigableMap<Long, Cluster> forward) {
		return Optional.ofNullable(forward.lowerEntry(backward.lastStart))
			.map(Map.Entry::getValue)
			.filter((zone) -> backward.firstEnd < zone.lastStart);
	}

	private Optional<Violation> conflict(Cluster one, Cluster other) {
		return violation("“" + one.write.value() + "” was still read after “" + other.write.value()
				+ "” had replaced it, or the other way round");
	}

	private Optional<Violation> violation(String text) {
		return Optional.of(new Violation(Level.STRONG, this.register, text));
	}

	/** A write and the reads of its value. */
	private static final class Cluster {

		private final Write write;

		private long firstEnd;

		private long lastStart;

		private boolean read;

		Cluster(Write write) {
			this.write = write;
			this.firstEnd = write.end();
			this.lastStart = write.start();
		}

		void add(Read added) {
			this.read = true;
			this.firstEnd = Math.min(this.firstEnd, added.end());
			this.lastStart = Math.max(this.lastStart, added.start());
		}

		/** A write without a response that nobody has read may have had no effect. */
		boolean hasEffect() {
			return this.read || this.write.isAcknowledged();
		}

		boolean isForward() {
			return this.firstEnd < this.lastStart;
		}

	}

}
