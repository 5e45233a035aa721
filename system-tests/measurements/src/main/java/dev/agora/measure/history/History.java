package dev.agora.measure.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** The operations of one run, which many clients add. */
public final class History {

	private final Queue<Write> writes = new ConcurrentLinkedQueue<>();

	private final Queue<Read> reads = new ConcurrentLinkedQueue<>();

	private final Queue<Outage> outages = new ConcurrentLinkedQueue<>();

	public void add(Write write) {
		this.writes.add(write);
	}

	public void add(Read read) {
		this.reads.add(read);
	}

	public void add(Outage outage) {
		this.outages.add(outage);
	}

	public int size() {
		return this.writes.size() + this.reads.size();
	}

	public Collection<Read> reads() {
		return List.copyOf(this.reads);
	}

	public Collection<Write> writes() {
		return List.copyOf(this.writes);
	}

	public Collection<Outage> outages() {
		return List.copyOf(this.outages);
	}

	/** Checks what each level promises. */
	public List<Violation> violations() {
		List<Violation> found = new ArrayList<>(SessionChecker.check(this.reads).toList());
		Map<String, List<Write>> written = this.writes.stream().collect(Collectors.groupingBy(Write::register));
		byRegister(Level.STRONG).forEach((register, all) -> {
			List<Read> answered = all.stream().filter(Read::isAnswered).toList();
			LinearizabilityChecker.check(register, written.getOrDefault(register, List.of()), answered)
				.ifPresent(found::add);
			all.stream().filter(this::isImpossible).map(History::withoutPrimary).forEach(found::add);
		});
		byRegister(Level.EVENTUAL).forEach((register, all) -> {
			EventualChecker checker = new EventualChecker(written.getOrDefault(register, List.of()), all, this.outages);
			all.forEach((read) -> checker.check(read).ifPresent(found::add));
		});
		return found;
	}

	private Map<String, List<Read>> byRegister(Level level) {
		return this.reads.stream()
			.filter((read) -> read.level() == level)
			.collect(Collectors.groupingBy(Read::register));
	}

	/** Whether a strong read was answered while MongoDB was unavailable. */
	private boolean isImpossible(Read read) {
		return read.isAnswered() && this.outages.stream()
			.anyMatch((outage) -> outage.process().equals("mongodb") && outage.contains(read));
	}

	private static Violation withoutPrimary(Read read) {
		return new Violation(Level.STRONG, read.register(), "a read was answered while the primary was unavailable");
	}

}
