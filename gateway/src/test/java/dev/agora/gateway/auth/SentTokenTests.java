package dev.agora.gateway.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import dev.agora.platform.problem.Unauthenticated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SentTokenTests {

	private static final String TOKEN = "abcdefghijklmnopqrstuvwxyz-0123456789_ABCDE";

	@Test
	void isNoneWhereNoneWasSent() {
		assertThat(SentToken.ofHeader(new HttpHeaders())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer " + TOKEN, "bearer " + TOKEN, "BEARER  " + TOKEN })
	void isReadFromTheHeader(String header) {
		assertThat(SentToken.ofHeader(headers(header))).contains(new SentToken(TOKEN, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Basic YTpi", "basic YTpi", "Basic", "Digest username=\"a\"", "Negotiate abc",
			"Bearertoken x", "AWS4-HMAC-SHA256 Credential=a/b, Signature=c" })
	void isNoneWhereAnotherSchemeWasSent(String header) {
		assertThat(SentToken.ofHeader(headers(header))).isEmpty();
		assertThat(SentToken.ofHeader(headers(header, "Bearer " + TOKEN))).contains(new SentToken(TOKEN, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer", "Bearer ", "Bearer short", TOKEN, "Bearer " + TOKEN + " x",
			"Bearer " + TOKEN + "x", "Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=" })
	void refusesWhatIsMeantForUsAndCannotBeAToken(String header) {
		assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> SentToken.ofHeader(headers(header)));
	}

	@Test
	void refusesTwo() {
		assertThatExceptionOfType(Unauthenticated.class)
			.isThrownBy(() -> SentToken.ofHeader(headers("Bearer " + TOKEN, "Bearer " + TOKEN)));
	}

	@Test
	void keepsTheSecretOutOfItsText() {
		assertThat(new SentToken(TOKEN, true)).hasToString("SentToken[byCookie=true]");
	}

	private static HttpHeaders headers(String... authorization) {
		HttpHeaders headers = new HttpHeaders();
		for (String each : authorization) {
			headers.add(HttpHeaders.AUTHORIZATION, each);
		}
		return headers;
	}

}
