package dev.agora.product.rating;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RatingTests {

	@ParameterizedTest
	@CsvSource({ "1, 0, 0, 0, 0, 1.0", "0, 0, 0, 0, 7, 5.0", "1, 1, 0, 0, 0, 1.5", "0, 0, 0, 1, 2, 4.67",
			"0, 0, 0, 2, 1, 4.33", "199, 1, 0, 0, 0, 1.01", "9000000000, 0, 0, 0, 9000000000, 3.0" })
	void roundsTheAverageToTwoDecimals(long one, long two, long three, long four, long five, double average) {
		List<Long> histogram = List.of(one, two, three, four, five);
		assertThat(Rating.of(histogram)).isEqualTo(new Rating(average, one + two + three + four + five, histogram));
	}

	@Test
	void hasNoAverageWithoutReviews() {
		assertThat(Rating.NONE).isEqualTo(new Rating(null, 0, List.of(0L, 0L, 0L, 0L, 0L)));
	}

}
