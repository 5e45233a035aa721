package dev.agora.platform.consistency;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import dev.agora.platform.problem.InvalidRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConsistencyTokenTests {

	private static final String FOLLOWS = "graph.follows.v1";

	private static final String EDGE = "0J1A2B3C4D5E6:0J1A2B3C4D5E7";

	@Test
	void carriesWritesThroughItsText() {
		ConsistencyToken token = ConsistencyToken.NONE.with(FOLLOWS, List.of(new SeenWrite(EDGE, 3, 1_000)))
			.with("product.products.v1", List.of(new SeenWrite("0J1A2B3C4D5E6", 1, 2_000)));
		assertThat(TokenCodec.parse(List.of(TokenCodec.encode(token)))).isEqualTo(token);
		assertThat(TokenCodec.encode(token)).matches("[A-Za-z0-9_-]+");
	}

	@Test
	void keepsTheNewestVersionOfAnAggregate() {
		ConsistencyToken token = ConsistencyToken.NONE
			.with(FOLLOWS, List.of(new SeenWrite(EDGE, 3, 1_000), new SeenWrite(EDGE, 4, 1_001)))
			.with(FOLLOWS, List.of(new SeenWrite(EDGE, 2, 5_000)));
		assertThat(token.of(FOLLOWS).versionsAfter(0, (type) -> true)).isEqualTo(Map.of(EDGE, 4L));
	}

	@Test
	void keepsAWriteThatAnotherTypeOfWriteFollows() {
		short repriced = SeenWrite.code("product.repriced");
		ConsistencyToken token = ConsistencyToken.NONE.with("product.products.v1", List
			.of(new SeenWrite("a", 2, 10, repriced), new SeenWrite("a", 3, 20, SeenWrite.code("product.revised"))));
		SeenWrites read = TokenCodec.parse(List.of(TokenCodec.encode(token))).of("product.products.v1");
		assertThat(read.versionsAfter(0, (type) -> type == repriced)).isEqualTo(Map.of("a", 2L));
		assertThat(read.versionsAfter(0, (type) -> true)).isEqualTo(Map.of("a", 3L));
	}

	@Test
	void mergesTheTokensOfRequestsThatRanAtTheSameTime() {
		ConsistencyToken one = ConsistencyToken.NONE.with(FOLLOWS, List.of(new SeenWrite("a:b", 1, 10)));
		ConsistencyToken other = ConsistencyToken.NONE.with(FOLLOWS, List.of(new SeenWrite("a:c", 1, 11)));
		ConsistencyToken merged = TokenCodec.parse(List.of(TokenCodec.encode(one) + ", " + TokenCodec.encode(other)));
		assertThat(merged.of(FOLLOWS).versionsAfter(0, (type) -> true)).containsOnlyKeys("a:b", "a:c");
		assertThat(TokenCodec.parse(List.of(TokenCodec.encode(one), TokenCodec.encode(other)))).isEqualTo(merged);
	}

	@Test
	void staysBelowOneKibibyteAndForgetsNoWrite() {
		ConsistencyToken token = ConsistencyToken.NONE;
		for (int number = 0; number < 500; number++) {
			String topic = (number % 3 == 0) ? FOLLOWS : "product.products.v1";
			SeenWrite write = new SeenWrite(EDGE + number, 1, 1_000 + number);
			token = TokenCodec.parse(List.of(TokenCodec.encode(token.with(topic, List.of(write)))));
			assertThat(TokenCodec.encode(token)).hasSizeLessThan(1024);
		}
		assertEachIsCovered(token, FOLLOWS, IntStream.range(0, 500).filter((number) -> number % 3 == 0));
		assertEachIsCovered(token, "product.products.v1", IntStream.range(0, 500).filter((number) -> number % 3 != 0));
		assertThat(token.of(FOLLOWS).latest()).isNotEmpty();
	}

	private static void assertEachIsCovered(ConsistencyToken token, String topic, IntStream numbers) {
		SeenWrites writes = token.of(topic);
		numbers.forEach((number) -> assertThat(
				writes.until() >= 1_000 + number || writes.versionsAfter(0, (type) -> true).containsKey(EDGE + number))
			.as("write %s", number)
			.isTrue());
	}

	@Test
	void replacesOlderWritesByTheirTime() {
		ConsistencyToken token = ConsistencyToken.NONE.with(FOLLOWS,
				List.of(new SeenWrite("a:b", 1, 10), new SeenWrite("a:c", 1, 20)));
		SeenWrites compacted = token.withoutOldest().of(FOLLOWS);
		assertThat(compacted.until()).isEqualTo(10);
		assertThat(compacted.versionsAfter(0, (type) -> true)).containsOnlyKeys("a:c");
		assertThat(compacted.isWithin(19)).isFalse();
		assertThat(compacted.isWithin(20)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "AQ", "not base64!", "{}", "AQAAAAAA", ",", "AAAAAAAAAAAAAAAA" })
	void refusesAMalformedToken(String text) {
		assertRefused(text);
	}

	@Test
	void refusesATokenThatIsTooLongOrOneOfTooMany() {
		String valid = TokenCodec.encode(ConsistencyToken.NONE.with(FOLLOWS, List.of(new SeenWrite(EDGE, 3, 1_000))));
		assertRefused("A".repeat(1001));
		assertRefused(String.join(",", Collections.nCopies(9, valid)));
		assertThat(TokenCodec.parse(Collections.nCopies(8, valid)).of(FOLLOWS).latest()).hasSize(1);
	}

	@Test
	void listsFewWritesOfATopicAndTheTimeOfTheOthers() {
		List<SeenWrite> many = IntStream.range(0, 100)
			.mapToObj((number) -> new SeenWrite("a" + number, 1, 1_000 + number))
			.toList();
		SeenWrites writes = ConsistencyToken.NONE.with(FOLLOWS, many).of(FOLLOWS);
		assertThat(writes.latest()).hasSize(16).contains(many.get(99));
		assertThat(writes.until()).isEqualTo(1_083);
	}

	@Test
	void refusesSoManyTopicsThatAWriteWouldNotFit() {
		assertRefused(TokenCodec.encode(forged('a', 11)));
		List<String> both = List.of(TokenCodec.encode(forged('a', 6)), TokenCodec.encode(forged('k', 6)));
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> TokenCodec.parse(both));
	}

	/**
	 * A refusal would lock the user of a browser out, and a failure would follow a write.
	 */
	@Test
	void ignoresACookieThatDoesNotFitToTheHeader() {
		HttpHeaders request = new HttpHeaders();
		request.set(ConsistencyToken.HEADER, TokenCodec.encode(forged('a', 10)));
		request.set(TokenHeaders.COOKIE, TokenCodec.encode(forged('k', 10)));
		assertThat(TokenHeaders.find(request)).isEqualTo(forged('a', 10));
	}

	@Test
	void aWriteFitsBesideEveryTokenThatIsAccepted() {
		ConsistencyToken token = forged('a', 10);
		for (String own : List.of("product.products.v1", "product.reviews.v1")) {
			token = token.with(own, List.of(new SeenWrite(EDGE, 1, 1)));
		}
		assertThat(TokenCodec.encode(token)).hasSizeLessThan(1001);
		assertThat(TokenCodec.encode(forged('a', 26).merge(forged('A', 26)))).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "a.b", "a.b.c", "a.b.v10", "a.b.v1.c", "abcdefghijklm.b.v1", "a.b.v1." })
	void refusesNamesThatNoTopicHas(String topic) {
		assertRefused(TokenCodec.encode(ConsistencyToken.NONE.with(topic, List.of(new SeenWrite(EDGE, 1, 1)))));
	}

	/** Returns a token of topics with the longest names that are accepted. */
	private static ConsistencyToken forged(char first, int topics) {
		ConsistencyToken forged = ConsistencyToken.NONE;
		for (int number = 0; number < topics; number++) {
			String topic = "abcdefghijkl.abcdefghijklmno" + (char) (first + number) + ".v1";
			forged = forged.with(topic, List.of(new SeenWrite("a", 1, 1)));
		}
		return forged;
	}

	@Test
	void refusesEachDamagedToken() {
		byte[] valid = Base64.getUrlDecoder()
			.decode(TokenCodec.encode(ConsistencyToken.NONE.with(FOLLOWS, List.of(new SeenWrite(EDGE, 3, 1_000)))));
		Random random = new Random(7);
		for (int round = 0; round < 2_000; round++) {
			byte[] damaged = valid.clone();
			damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
			assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(damaged));
		}
	}

	@Test
	void refusesNoiseWithoutAnotherFailure() {
		Random random = new Random(11);
		List<String> accepted = new ArrayList<>();
		for (int round = 0; round < 5_000; round++) {
			byte[] noise = new byte[random.nextInt(700)];
			random.nextBytes(noise);
			String text = random.nextBoolean() ? Base64.getUrlEncoder().withoutPadding().encodeToString(noise)
					: new String(noise, StandardCharsets.ISO_8859_1);
			try {
				TokenCodec.parse(List.of(text));
				accepted.add(text);
			}
			catch (InvalidRequest ex) {
				assertThat(ex.errors().get(0).field()).isEqualTo("Consistency-Token");
			}
		}
		assertThat(accepted).isEmpty();
	}

	private static void assertRefused(String text) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> TokenCodec.parse(List.of(text)))
			.satisfies((problem) -> assertThat(problem.errors().get(0).field()).isEqualTo("Consistency-Token"));
	}

}
