package dev.agora.session.session;

import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class TokensTests {

	@Test
	void drawsTokensOfTheOneFormAndNeverTheSame() {
		Tokens tokens = new Tokens();
		StepVerifier.create(tokens.draw().zipWith(tokens.draw())).assertNext((drawn) -> {
			assertThat(Token.parse(drawn.getT1().text())).contains(drawn.getT1());
			assertThat(drawn.getT1()).isNotEqualTo(drawn.getT2());
		}).verifyComplete();
	}

	@Test
	void storesTokensBySha256() {
		assertThat(new Token("A".repeat(43)).hash())
			.isEqualTo("0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a");
	}

	@Test
	void takesNothingElseForAToken() {
		assertThat(Token.parse("")).isEmpty();
		assertThat(Token.parse("A".repeat(42))).isEmpty();
		assertThat(Token.parse("A".repeat(44))).isEmpty();
		assertThat(Token.parse("A".repeat(42) + "=")).isEmpty();
	}

	@Test
	void keepsTheSecretOutOfItsText() {
		assertThat(new Token("A".repeat(43)).toString()).doesNotContain("AAA");
	}

}
