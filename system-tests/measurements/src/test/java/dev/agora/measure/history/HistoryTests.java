package dev.agora.measure.history;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Histories in which one level breaks its promise. Times are in seconds. */
class HistoryTests {

	private static final int NO_AGE = -1;

	private final History history = new History();

	@BeforeEach
	void twoWrites() {
		this.history.add(new Write("lamp", "one", 1, at(0), at(1)));
		this.history.add(new Write("lamp", "two", 2, at(10), at(11)));
	}

	@Test
	void acceptsWhatTheLevelsPromise() {
		read(Level.STRONG, 20, 2, NO_AGE, 2);
		read(Level.SESSION, 20, 1, NO_AGE, 1);
		read(Level.SESSION, 20, 2, NO_AGE, 1);
		read(Level.EVENTUAL, 20, 2, NO_AGE, 2);
		read(Level.EVENTUAL, 20, 1, 8, 2);
		assertThat(this.history.violations()).isEmpty();
	}

	@Test
	void findsASessionReadThatIsOlderThanItsToken() {
		read(Level.SESSION, 20, 1, NO_AGE, 2);
		assertFound(Level.SESSION);
	}

	@Test
	void findsAStrongReadOfAReplacedValue() {
		read(Level.STRONG, 20, 1, NO_AGE, 0);
		assertFound(Level.STRONG);
	}

	@Test
	void findsAStrongReadWithoutThePrimary() {
		stop("mongodb", 15, 30);
		read(Level.STRONG, 20, 2, NO_AGE, 0);
		assertFound(Level.STRONG);
	}

	@Test
	void findsAnEventualReadThatIsOlderThanItsAge() {
		read(Level.EVENTUAL, 20, 1, 3, 0);
		assertFound(Level.EVENTUAL);
	}

	@Test
	void findsAnEventualReadThatDoesNotSayItsAge() {
		read(Level.EVENTUAL, 20, 1, NO_AGE, 0);
		assertFound(Level.EVENTUAL);
	}

	@Test
	void findsARefusalAlthoughNothingIsAway() {
		refuse(20);
		assertFound(Level.EVENTUAL);
	}

	@Test
	void findsARefusalAlthoughTheStoreIsWithinReach() {
		stop("redis", 15, 30);
		refuse(20);
		assertFound(Level.EVENTUAL);
	}

	@Test
	void findsARefusalAlthoughRedisHasACopy() {
		read(Level.EVENTUAL, 12, 2, 1, 0);
		stop("mongodb", 15, 30);
		refuse(20);
		assertFound(Level.EVENTUAL);
	}

	@Test
	void acceptsARefusalWithoutACopy() {
		stop("mongodb", 15, 30);
		refuse(20);
		read(Level.EVENTUAL, 5, 1, 1, 0);
		assertThat(this.history.violations()).as("a write has evicted the copy").isEmpty();
	}

	@Test
	void acceptsARefusalOfACopyThatRedisHasLost() {
		read(Level.EVENTUAL, 12, 2, 1, 0);
		stop("redis", 13, 14);
		stop("mongodb", 15, 30);
		refuse(20);
		assertThat(this.history.violations()).isEmpty();
	}

	private void assertFound(Level level) {
		assertThat(this.history.violations()).singleElement()
			.satisfies((found) -> assertThat(found.level()).isEqualTo(level));
	}

	private void read(Level level, long second, long version, long age, long seen) {
		this.history.add(new Read("lamp", level, at(second), at(second) + 1, 200, (version == 1) ? "one" : "two",
				version, age, seen));
	}

	private void refuse(long second) {
		this.history.add(new Read("lamp", Level.EVENTUAL, at(second), at(second) + 1, 503, "", 0, NO_AGE, 0));
	}

	private void stop(String process, long from, long to) {
		this.history.add(new Outage(process, at(from), at(from) + 1, at(to) - 1, at(to)));
	}

	private static long at(long second) {
		return TimeUnit.SECONDS.toNanos(second);
	}

}
