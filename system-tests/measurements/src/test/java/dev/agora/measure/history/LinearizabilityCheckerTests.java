package dev.agora.measure.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinearizabilityCheckerTests {

	@Test
	void acceptsReadsOfOverlappingWritesInOneOrder() {
		List<Write> writes = List.of(write("a", 0, 1), write("b", 2, 9), write("c", 3, 8));
		assertThat(LinearizabilityChecker.check("x", writes, List.of(read("b", 4, 5), read("c", 6, 7)))).isEmpty();
	}

	@Test
	void findsAReadOfAReplacedValue() {
		List<Write> writes = List.of(write("a", 0, 1), write("b", 2, 3));
		assertThat(LinearizabilityChecker.check("x", writes, List.of(read("a", 4, 5)))).isPresent();
	}

	@Test
	void findsAReadThatGoesBackDuringAWrite() {
		List<Write> writes = List.of(write("a", 0, 1), write("b", 2, 9));
		assertThat(LinearizabilityChecker.check("x", writes, List.of(read("b", 3, 4), read("a", 5, 6)))).isPresent();
	}

	@Test
	void findsAnAcknowledgedWriteThatWasLost() {
		List<Write> writes = List.of(write("a", 0, 1), write("b", 3, 4));
		assertThat(LinearizabilityChecker.check("x", writes, List.of(read("a", 2, 6), read("a", 5, 7)))).isPresent();
	}

	@Test
	void findsAValueThatNobodyWrote() {
		assertThat(LinearizabilityChecker.check("x", List.of(write("a", 0, 1)), List.of(read("z", 2, 3)))).isPresent();
		assertThat(LinearizabilityChecker.check("x", List.of(write("a", 4, 5)), List.of(read("a", 2, 3)))).isPresent();
	}

	@Test
	void acceptsAWriteWithoutAResponseWithAndWithoutItsEffect() {
		List<Write> writes = List.of(write("a", 0, 1), write("b", 2, Write.UNKNOWN), write("c", 6, 7));
		assertThat(LinearizabilityChecker.check("x", writes, List.of(read("c", 8, 9)))).isEmpty();
		assertThat(LinearizabilityChecker.check("x", writes, List.of(read("c", 8, 9), read("b", 10, 11)))).isEmpty();
		assertThat(
				LinearizabilityChecker.check("x", writes, List.of(read("b", 3, 4), read("c", 8, 9), read("b", 10, 11))))
			.isPresent();
	}

	/** Half of these histories are linearizable. */
	@Test
	void decidesAsTheExhaustiveSearchDoes() {
		long linearizable = LongStream.range(0, 4_000).filter(LinearizabilityCheckerTests::isLinearizable).count();
		assertThat(linearizable).isBetween(800L, 3_200L);
	}

	private static boolean isLinearizable(long seed) {
		Random random = new Random(seed);
		List<Long> times = new ArrayList<>(LongStream.range(0, 16).boxed().toList());
		List<Write> writes = new ArrayList<>();
		List<Read> reads = new ArrayList<>();
		Collections.shuffle(times, random);
		IntStream.range(0, 8).forEach((number) -> {
			long start = Math.min(times.get(2 * number), times.get(2 * number + 1));
			long end = Math.max(times.get(2 * number), times.get(2 * number + 1));
			if (number < 3) {
				writes.add(write("v" + number, start, (random.nextInt(4) == 0) ? Write.UNKNOWN : end));
			}
			else if (number < 3 + random.nextInt(5)) {
				reads.add(read("v" + random.nextInt(3), start, end));
			}
		});
		boolean expected = ExhaustiveSearch.isLinearizable(writes, reads);
		assertThat(LinearizabilityChecker.check("x", writes, reads).isEmpty()).as("seed %d: %s %s", seed, writes, reads)
			.isEqualTo(expected);
		return expected;
	}

	private static Write write(String value, long start, long end) {
		return new Write("x", value, 0, start, end);
	}

	private static Read read(String value, long start, long end) {
		return new Read("x", Level.STRONG, start, end, 200, value, 0, -1, 0);
	}

}
