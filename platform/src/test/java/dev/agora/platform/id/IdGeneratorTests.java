package dev.agora.platform.id;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

class IdGeneratorTests {

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	@Test
	void sortsByCreationTime() {
		List<String> created = IntStream.range(0, 10_000).mapToObj((i) -> this.ids.next()).toList();
		assertThat(created).isSorted().doesNotHaveDuplicates().allMatch((id) -> id.length() == 13);
	}

	@Test
	void createsDistinctIdsOnAllEventLoopsWithoutBlocking() {
		List<String> created = Flux.range(0, 200_000)
			.parallel()
			.runOn(Schedulers.parallel())
			.map((i) -> this.ids.next())
			.sequential()
			.collectList()
			.block(Duration.ofMinutes(1));
		assertThat(new HashSet<>(created)).hasSize(200_000);
	}

	@Test
	void continuesInTheNextMillisecondWhenTheCounterOverflows() {
		IdGenerator standing = new IdGenerator(at(new AtomicReference<>(Instant.now())));
		List<String> created = IntStream.range(0, 10_000).mapToObj((i) -> standing.next()).toList();
		assertThat(created).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void createsDistinctTransientIds() {
		List<String> created = IntStream.range(0, 10_000).parallel().mapToObj((i) -> this.ids.nextTransient()).toList();
		assertThat(created).doesNotHaveDuplicates().allMatch(IdGenerator::isId);
	}

	@Test
	void returnsTheCreationTimeOfAnId() {
		assertThat(IdGenerator.createdAt(this.ids.next())).isCloseTo(Instant.now(), within(Duration.ofSeconds(2)));
	}

	@Test
	void recognisesIds() {
		assertThat(IdGenerator.isId(this.ids.next())).isTrue();
		assertThat(List.of("", "abc", "0123456789abcdefg", "../../etc/pwd", "0d5v3k2m1n0p9"))
			.noneMatch(IdGenerator::isId);
	}

	@Test
	void neverCreatesAnIdBelowTheLastOne() {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
		IdGenerator wandering = new IdGenerator(at(now));
		List<String> created = Stream.of(0, -9, 5, -3, -1, 0).map((seconds) -> {
			now.updateAndGet((time) -> time.plusSeconds(seconds));
			return wandering.next();
		}).toList();
		assertThat(created).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void createsNoIdsAfterTheClockMovedBackTooFar() {
		Instant start = Instant.now();
		AtomicReference<Instant> now = new AtomicReference<>(start);
		IdGenerator wandering = new IdGenerator(at(now));
		String last = wandering.next();
		now.set(start.minus(IdGenerator.TOLERANCE).minusMillis(1));
		assertThat(wandering.isUsable()).isFalse();
		assertThatExceptionOfType(Unavailable.class).isThrownBy(wandering::next);
		assertThat(wandering.nextTransient()).isNotEmpty();
		now.set(start.minus(IdGenerator.TOLERANCE));
		assertThat(wandering.isUsable()).isTrue();
		assertThat(wandering.next()).isGreaterThan(last);
	}

	@Test
	void createsNoIdsWhileTheClockDiffersTooMuch() {
		assertThat(this.ids.compareClock(IdGenerator.TOLERANCE.plusMillis(1))).isFalse();
		assertThatExceptionOfType(Unavailable.class).isThrownBy(this.ids::next);
		assertThat(this.ids.compareClock(IdGenerator.TOLERANCE.negated().minusMillis(1))).isFalse();
		assertThat(this.ids.compareClock(IdGenerator.TOLERANCE)).isTrue();
		assertThat(this.ids.next()).isNotEmpty();
	}

	@Test
	void derivesTheSameIdFromTheSameEventAndSortsByTime() {
		Instant at = Instant.parse("2026-01-02T03:04:05.678Z");
		String id = IdGenerator.derive(at, "price:1");
		assertThat(id).isEqualTo(IdGenerator.derive(at, "price:1")).isNotEqualTo(IdGenerator.derive(at, "price:2"));
		assertThat(IdGenerator.isId(id)).isTrue();
		assertThat(IdGenerator.createdAt(id)).isEqualTo(at);
		assertThat(IdGenerator.derive(at.plusMillis(1), "price:2")).isGreaterThan(id);
		assertThat(IdGenerator.derive(at.minusMillis(1), "price:3")).isLessThan(id);
	}

	private static Clock at(AtomicReference<Instant> now) {
		return new Clock() {

			@Override
			public ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

			@Override
			public Instant instant() {
				return now.get();
			}

		};
	}

}
