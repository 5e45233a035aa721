package dev.agora.measure.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds reads of one register that were older than their {@code Age} says, and refused
 * reads of which a copy was within reach.
 */
public final class EventualChecker {

	/** An age has whole seconds, and a copy is read some time before it is stored. */
	private static final long TOLERANCE = Duration.ofSeconds(2).toNanos();

	private final List<Write> writes;

	private final List<Read> copies;

	private final List<Outage> outages;

	/**
	 * Creates the checker of a register.
	 * @param outages all outages; those of MongoDB leave the copies in Redis
	 */
	public EventualChecker(Collection<Write> writes, Collection<Read> reads, Collection<Outage> outages) {
		this.writes = new ArrayList<>(writes);
		this.writes.sort(Comparator.comparingLong(Write::version).reversed());
		this.copies = reads.stream().filter((read) -> read.isAnswered() && read.isCopy()).toList();
		this.outages = List.copyOf(outages);
	}

	/** Checks one read. */
	public Optional<Violation> check(Read read) {
		return read.isAnswered() ? checkAge(read) : checkRefusal(read);
	}

	private Optional<Violation> checkAge(Read read) {
		long at = read.start() - (read.isCopy() ? Duration.ofSeconds(read.age()).toNanos() + TOLERANCE : 0);
		return this.writes.stream()
			.filter((write) -> write.version() > read.version() && write.end() < at)
			.findFirst()
			.map((newer) -> violation(read,
					"version " + read.version() + " with the age " + read.age() + " s, although version "
							+ newer.version() + " had been written " + seconds(read.start() - newer.end())
							+ " s before"));
	}

	/**
	 * A read may be refused while a process is started or stopped, and while MongoDB is
	 * unavailable if Redis has no copy for sure.
	 */
	private Optional<Violation> checkRefusal(Read read) {
		Optional<Outage> around = this.outages.stream().filter((outage) -> outage.touches(read)).findFirst();
		if (around.isEmpty()) {
			return Optional.of(violation(read, "status " + read.status() + " although nothing was unavailable"));
		}
		boolean reachable = around.get().contains(read)
				&& (!around.get().process().equals("mongodb") || hadCopy(read.start(), around.get().stopping()));
		return reachable ? Optional.of(violation(read, "status " + read.status() + " although a copy was within reach"))
				: Optional.empty();
	}

	/** Whether Redis had a copy when an outage began, which no write has evicted. */
	private boolean hadCopy(long before, long outage) {
		return this.copies.stream()
			.filter((copy) -> copy.end() < outage)
			.filter((copy) -> this.outages.stream().noneMatch((other) -> isLost(copy, other, outage)))
			.anyMatch((copy) -> this.writes.stream()
				.noneMatch((write) -> copy.start() < write.end() && write.start() < before));
	}

	private static boolean isLost(Read copy, Outage other, long outage) {
		return other.process().startsWith("redis") && copy.start() < other.started() && other.stopping() < outage;
	}

	private static Violation violation(Read read, String text) {
		return new Violation(Level.EVENTUAL, read.register(), text);
	}

	private static String seconds(long nanos) {
		return "%.1f".formatted(nanos / 1e9);
	}

}
