package dev.agora.product.review;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.agora.platform.testing.Contracts;
import dev.agora.product.catalog.Price;

import static org.assertj.core.api.Assertions.assertThat;

class ReviewEventTests {

	private static final String PRODUCT = "0SAX0RSKMBGW0";

	private static final Reviewer ANN = new Reviewer("0SAX0RSKRBJT3", "ann", "Ann", 1);

	private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

	private static final String SERIAL = "0SAX0RSKRBJT4";

	private static final ReviewedItem ITEM = new ReviewedItem("Lamp", Price.of(new BigDecimal("12.5"), "EUR"), 3);

	static Stream<ReviewEvent> all() {
		return Stream.of(new ReviewEvent.Written(PRODUCT, ANN, 5, "Bright.", AT, SERIAL, ITEM),
				new ReviewEvent.Written(PRODUCT, ANN, 1, null, AT, SERIAL, ITEM),
				new ReviewEvent.AuthorRenamed(PRODUCT, ANN), new ReviewEvent.Deleted(PRODUCT, ANN.id(), AT));
	}

	@ParameterizedTest
	@MethodSource("all")
	void matchesTheContract(ReviewEvent event) throws IOException {
		Contracts.assertTold(event);
	}

	@Test
	void violatesTheContractWithSixStars() throws IOException {
		String written = """
				{"product": "0SAX0RSKMBGW0", "stars": %d, "at": "2026-01-02T03:04:05.678Z",
				"author": {"id": "0SAX0RSKRBJT3", "handle": "ann", "name": "Ann", "version": 1}}""";
		assertThat(Contracts.agrees(ReviewEvent.Written.class, written.formatted(5))).isTrue();
		assertThat(Contracts.agrees(ReviewEvent.Written.class, written.formatted(6))).isFalse();
	}

}
