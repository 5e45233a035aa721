package dev.agora.console.metric;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeltasTests {

	private static final long TWO_SECONDS = TimeUnit.SECONDS.toNanos(2);

	private final SeriesIndex index = new SeriesIndex();

	@Test
	void aRateIsTheIncreasePerSecondOverAllSeries() {
		Deltas deltas = between("reads{r=\"hit\"} 10\nreads{r=\"miss\"} 5", "reads{r=\"hit\"} 16\nreads{r=\"miss\"} 9");
		assertThat(deltas.rate("reads", (any) -> true)).isEqualTo(5);
		assertThat(deltas.rate("reads", (series) -> series.tag("r").equals("hit"))).isEqualTo(3);
	}

	@Test
	void aCounterThatIsLowerThanBeforeHasBegunAtZeroAgain() {
		assertThat(between("reads 1000", "reads 8").rate("reads", (any) -> true)).isEqualTo(4);
	}

	@Test
	void aNewSeriesBeganAtZero() {
		assertThat(between("other 1", "reads 6").rate("reads", (any) -> true)).isEqualTo(3);
	}

	@Test
	void oneReadingAloneShowsNothing() {
		Deltas first = new Deltas(null, Reading.parse("reads 500", this.index, TWO_SECONDS));
		assertThat(first.rate("reads", (any) -> true)).isZero();
		assertThat(first.latency("reads", (any) -> true).quantile(0.5)).isEmpty();
	}

	@Test
	void quantilesAreThoseOfTheTimesBetweenTheReadings() {
		Latency latency = between(histogram(0, 0, 900, 900), histogram(50, 90, 1000, 1000)).latency("t", (any) -> true);
		assertThat(latency.rate()).isEqualTo(50);
		assertThat(latency.quantile(0.5)).hasValue(10);
		assertThat(latency.quantile(0.25)).hasValue(5);
		assertThat(latency.quantile(0.9)).hasValue(100);
		assertThat(latency.quantile(0.99).orElse(0)).isBetween(100.0, 1000.0);
	}

	@Test
	void timesAboveTheHighestBoundCountAsThatBound() {
		Latency latency = between("t_bucket{le=\"1.0\"} 0\nt_bucket{le=\"+Inf\"} 0\nt_count 0\nt_sum 0",
				"t_bucket{le=\"1.0\"} 1\nt_bucket{le=\"+Inf\"} 100\nt_count 100\nt_sum 900")
			.latency("t", (any) -> true);
		assertThat(latency.quantile(0.99)).hasValue(1000);
		assertThat(latency.mean()).hasValue(9000);
	}

	@Test
	void addsTheTimesOfSeveralProcesses() {
		Latency one = between(histogram(0, 0, 0, 0), histogram(10, 10, 10, 10)).latency("t", (any) -> true);
		Latency sum = one.plus(one).plus(Latency.none());
		assertThat(sum.rate()).isEqualTo(10);
		assertThat(sum.quantile(0.5)).hasValue(5);
	}

	@Test
	void aHistogramThatBeganAgainGivesNoNegativeTimes() {
		Latency latency = between(histogram(500, 900, 1000, 1000), histogram(1, 1, 2, 2)).latency("t", (any) -> true);
		assertThat(latency.count()).isEqualTo(2);
		assertThat(latency.quantile(0.99).orElse(-1)).isBetween(0.0, 1000.0);
	}

	private Deltas between(String before, String after) {
		return new Deltas(Reading.parse(before, this.index, 0), Reading.parse(after, this.index, TWO_SECONDS));
	}

	/** The times up to 10 ms, 100 ms, 1 s and in all. */
	private static String histogram(int ten, int hundred, int second, int all) {
		return "t_bucket{le=\"0.01\"} %d\nt_bucket{le=\"0.1\"} %d\nt_bucket{le=\"1.0\"} %d\nt_bucket{le=\"+Inf\"} %d\nt_count %d\nt_sum 1\n"
			.formatted(ten, hundred, second, all, all);
	}

}
