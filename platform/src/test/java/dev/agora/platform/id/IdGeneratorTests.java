package dev.agora.platform.id;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class IdGeneratorTests {

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	@Test
	void sortsByTheTimeOfMaking() {
		List<String> made = IntStream.range(0, 10_000).mapToObj((i) -> this.ids.next()).toList();
		assertThat(made).isSorted().doesNotHaveDuplicates().allMatch((id) -> id.length() == 13);
	}

	@Test
	void makesDistinctOnesInPassing() {
		List<String> made = IntStream.range(0, 10_000).parallel().mapToObj((i) -> this.ids.passing()).toList();
		assertThat(made).doesNotHaveDuplicates().allMatch(IdGenerator::isId);
	}

	@Test
	void knowsWhenAnIdWasMade() {
		assertThat(IdGenerator.madeAt(this.ids.next())).isCloseTo(Instant.now(), within(Duration.ofSeconds(2)));
	}

	@Test
	void tellsIdsFromOtherText() {
		assertThat(IdGenerator.isId(this.ids.next())).isTrue();
		assertThat(List.of("", "abc", "0123456789abcdefg", "../../etc/pwd", "0d5v3k2m1n0p9"))
			.noneMatch(IdGenerator::isId);
	}

}
