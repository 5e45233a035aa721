package dev.agora.gateway.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import dev.agora.platform.problem.Unauthenticated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SentTokenTests {

	private static final String TOKEN = "abcdefghijklmnopqrstuvwxyz-0123456789_ABCDE";

	private static final HttpCookie COOKIE = new HttpCookie("__Host-agora", "0".repeat(43));

	@Test
	void isNoneWhereNoneWasSent() {
		assertThat(SentToken.of(MockServerHttpRequest.get("/").build())).isEmpty();
	}

	@Test
	void isReadFromTheHeaderBeforeTheCookie() {
		assertThat(SentToken
			.of(MockServerHttpRequest.get("/").header("Authorization", "bearer " + TOKEN).cookie(COOKIE).build()))
			.contains(new SentToken(TOKEN, false));
	}

	@Test
	void isReadFromTheCookie() {
		assertThat(SentToken.of(MockServerHttpRequest.get("/").cookie(COOKIE).build()))
			.contains(new SentToken("0".repeat(43), true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bearer", "Bearer ", "Basic YTpi", "Bearer short", TOKEN, "Bearer " + TOKEN + " x",
			"Bearer " + TOKEN + "x", "Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=" })
	void refusesWhatCannotBeAToken(String header) {
		assertThatExceptionOfType(Unauthenticated.class)
			.isThrownBy(() -> SentToken.of(MockServerHttpRequest.get("/").header("Authorization", header).build()));
	}

	@Test
	void keepsTheSecretOutOfItsText() {
		assertThat(new SentToken(TOKEN, true)).hasToString("SentToken[byCookie=true]");
	}

}
