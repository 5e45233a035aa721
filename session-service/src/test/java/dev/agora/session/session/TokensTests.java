package dev.agora.session.session;

import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class TokensTests {

	@Test
	void generatesADifferentTokenEachTime() {
		Tokens tokens = new Tokens();
		StepVerifier.create(tokens.generate().zipWith(tokens.generate())).assertNext((drawn) -> {
			assertThat(Token.parse(drawn.getT1().text())).contains(drawn.getT1());
			assertThat(drawn.getT1()).isNotEqualTo(drawn.getT2());
		}).verifyComplete();
	}

	@Test
	void hashesTokensWithSha256() {
		assertThat(new Token("A".repeat(43)).hash())
			.isEqualTo("0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a");
	}

	@Test
	void rejectsTextsOfAnotherForm() {
		assertThat(Token.parse("")).isEmpty();
		assertThat(Token.parse("A".repeat(42))).isEmpty();
		assertThat(Token.parse("A".repeat(44))).isEmpty();
		assertThat(Token.parse("A".repeat(42) + "=")).isEmpty();
	}

	@Test
	void toStringHidesTheSecret() {
		assertThat(new Token("A".repeat(43)).toString()).doesNotContain("AAA");
	}

}
