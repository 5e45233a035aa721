package dev.agora.measure.history;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Tries every order of the operations of a register that agrees with real time (Wing and
 * Gong, Testing and Verifying Concurrent Objects, 1993). It is the definition of a
 * linearizable history, and takes exponential time.
 */
final class ExhaustiveSearch {

	private ExhaustiveSearch() {
	}

	static boolean isLinearizable(List<Write> writes, List<Read> reads) {
		return continues(writes, reads, null);
	}

	private static boolean continues(List<Write> writes, List<Read> reads, @Nullable String value) {
		if (reads.isEmpty() && writes.stream().noneMatch(Write::isAcknowledged)) {
			return true;
		}
		long firstEnd = Math.min(writes.stream().mapToLong(Write::end).min().orElse(Write.UNKNOWN),
				reads.stream().mapToLong(Read::end).min().orElse(Write.UNKNOWN));
		return reads.stream()
			.filter((read) -> read.start() <= firstEnd && read.value().equals(value))
			.anyMatch((read) -> continues(writes, without(reads, read), value))
				|| writes.stream()
					.filter((write) -> write.start() <= firstEnd)
					.anyMatch((write) -> continues(without(writes, write), reads, write.value()));
	}

	private static <T> List<T> without(List<T> all, T one) {
		List<T> rest = new ArrayList<>(all);
		rest.remove(one);
		return rest;
	}

}
