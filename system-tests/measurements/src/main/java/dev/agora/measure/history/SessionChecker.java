package dev.agora.measure.history;

import java.util.Collection;
import java.util.stream.Stream;

/**
 * Finds reads that are older than the token of their request. Versions of an object
 * increase with each write, so the comparison is exact.
 */
public final class SessionChecker {

	private SessionChecker() {
	}

	/** Checks the reads of all registers; those at {@code strong} promise the same. */
	public static Stream<Violation> check(Collection<Read> reads) {
		return reads.stream()
			.filter((read) -> read.level() != Level.EVENTUAL && read.isAnswered())
			.filter((read) -> read.version() > 0 && read.version() < read.seen())
			.map((read) -> new Violation(read.level(), read.register(),
					"a read returned version " + read.version() + ", and its token has seen version " + read.seen()));
	}

}
