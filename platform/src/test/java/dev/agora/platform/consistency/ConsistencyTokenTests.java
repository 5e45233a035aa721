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
	void replacesAppliedWritesByTheirTime() {
		ConsistencyToken token = ConsistencyToken.NONE.with(FOLLOWS,
				List.of(new SeenWrite("a:b", 1, 10), new SeenWrite("a:c", 1, 20)));
		SeenWrites compacted = token.compact((topic) -> 15).of(FOLLOWS);
		assertThat(compacted.until()).isEqualTo(10);
		assertThat(compacted.versionsAfter(0, (type) -> true)).containsOnlyKeys("a:c");
		assertThat(token.compact((topic) -> 5)).isEqualTo(token);
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
	void refusesSoManyTopicsThatAWriteWouldNotFit() {
		ConsistencyToken forged = ConsistencyToken.NONE;
		for (int number = 0; number < 11; number++) {
			forged = forged.with("a.topic.of.thirty.characters" + (10 + number), List.of(new SeenWrite("a", 1, 1)));
		}
		assertRefused(TokenCodec.encode(forged));
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
